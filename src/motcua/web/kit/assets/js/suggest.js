// Suggestions under a search box: asked a moment after the last key, walked with the arrow keys, closed with Escape. The box is
// a plain form without this.
const WAIT = 200

export function startSuggestions () {
  for (const box of document.querySelectorAll('[data-suggest]')) {
    const list = document.getElementById(box.dataset.suggest)
    if (list) start(box, list)
  }
}

function start (box, list) {
  let timer
  let asked = 0
  const close = () => { asked += 1; list.replaceChildren() }
  const links = () => [...list.querySelectorAll('a')]

  box.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT)
  })
  box.form.addEventListener('keydown', event => {
    if (event.key === 'Escape' && list.childElementCount) {
      close()
      box.focus()
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const found = links()
    if (!found.length) return
    event.preventDefault()
    const at = found.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)
    if (at < 0) box.focus()
    else found[Math.min(at, found.length - 1)].focus()
  })

  async function ask () {
    const mine = ++asked
    const address = new URL(box.form.action)
    address.searchParams.set(box.name, box.value)
    try {
      const answer = await fetch(address, { headers: { 'HX-Request': 'true' } })
      // Our own server wrote and escaped this fragment; an answer that comes late is not shown.
      if (answer.ok && mine === asked) list.innerHTML = await answer.text()
    } catch { /* offline: the form still searches when sent */ }
  }
}
