// A sheet to look into: only the tiles on the screen are fetched, coarse ones stand in until the fine ones are there.
const place = document.querySelector('[data-deep]')
const canvas = place.querySelector('canvas')
const pen = canvas.getContext('2d')
const levels = Number(place.dataset.levels)
const side = Number(place.dataset.tile)
const full = { width: Number(place.dataset.width), height: Number(place.dataset.height) }
const tiles = new Map()
const KEPT = 160
let scale = 1
let left = 0
let top = 0
let asked = false

function address (level, column, row) {
  return place.dataset.tiles.replace(/0\/0\/0\.jpg$/, `${level}/${column}/${row}.jpg`)
}

function tile (level, column, row) {
  const key = `${level}/${column}/${row}`
  let image = tiles.get(key)
  if (!image) {
    image = new Image()
    image.addEventListener('load', draw)
    image.src = address(level, column, row)
    tiles.set(key, image)
    if (tiles.size > KEPT) tiles.delete(tiles.keys().next().value)
  }
  return image.complete && image.naturalWidth ? image : null
}

function layer (level) {
  const share = 2 ** (level - levels)
  const step = side / share
  const across = Math.ceil(full.width * share / side)
  const down = Math.ceil(full.height * share / side)
  const wide = canvas.width / scale
  const high = canvas.height / scale
  for (let row = Math.max(0, Math.floor(top / step)); row < down && row * step < top + high; row += 1) {
    for (let column = Math.max(0, Math.floor(left / step)); column < across && column * step < left + wide; column += 1) {
      const image = tile(level, column, row)
      if (image) pen.drawImage(image, (column * step - left) * scale, (row * step - top) * scale, image.naturalWidth / share * scale, image.naturalHeight / share * scale)
    }
  }
}

function draw () {
  if (asked) return
  asked = true
  requestAnimationFrame(() => {
    asked = false
    pen.clearRect(0, 0, canvas.width, canvas.height)
    const wanted = Math.min(levels, Math.max(0, Math.ceil(levels + Math.log2(scale))))
    layer(0)
    if (wanted > 0) layer(wanted)
  })
}

function fit () {
  canvas.width = place.clientWidth
  canvas.height = place.clientHeight
  scale = Math.min(canvas.width / full.width, canvas.height / full.height)
  left = (full.width - canvas.width / scale) / 2
  top = (full.height - canvas.height / scale) / 2
  draw()
}

function zoom (factor, x, y) {
  const next = Math.min(4, Math.max(scale * factor, Math.min(canvas.width / full.width, canvas.height / full.height) / 2))
  left += x / scale - x / next
  top += y / scale - y / next
  scale = next
  draw()
}

place.addEventListener('wheel', event => { event.preventDefault(); zoom(event.deltaY < 0 ? 1.25 : 0.8, event.offsetX, event.offsetY) }, { passive: false })
place.addEventListener('pointerdown', event => { place.setPointerCapture(event.pointerId) })
place.addEventListener('pointermove', event => {
  if (!place.hasPointerCapture(event.pointerId)) return
  left -= event.movementX / scale
  top -= event.movementY / scale
  draw()
})
place.addEventListener('keydown', event => {
  const step = 80 / scale
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }
  if (moves[event.key]) { left += moves[event.key][0]; top += moves[event.key][1]; draw() } else if (event.key === '+' || event.key === '=') zoom(1.25, canvas.width / 2, canvas.height / 2)
  else if (event.key === '-') zoom(0.8, canvas.width / 2, canvas.height / 2)
  else if (event.key === '0') fit()
  else return
  event.preventDefault()
})
window.addEventListener('resize', fit)
fit()
