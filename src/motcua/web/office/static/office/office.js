// Function keys also work while typing; tick everything in the tray with one button.
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^F\d+$/.test(event.key)) return
  const act = document.querySelector(`[data-key="${event.key}"]`)
  if (act && event.target.closest('input, textarea, select')) {
    event.preventDefault()
    act.click()
  }
})

for (const button of document.querySelectorAll('[data-tick-all]')) {
  button.addEventListener('click', () => {
    const boxes = [...button.form.querySelectorAll('input[type=checkbox]')]
    const all = boxes.every(box => box.checked)
    for (const box of boxes) box.checked = !all
    const pin = button.form.querySelector('input[name=pin]')
    if (!all && pin) pin.focus()
  })
}

// Many acts by one form (data-in-turns names its ticks) go in turns of a few, so that the page says how far it is and no
// request lasts minutes. Each act stands for itself; a turn in which nothing succeeded is the last, and one whose answer says
// data-stop: the signing device refused and must not be asked again with this PIN.
const TURN = 3
for (const form of document.querySelectorAll('form[data-in-turns]')) {
  form.addEventListener('submit', event => {
    const ticked = [...form.querySelectorAll(`input[name="${form.dataset.inTurns}"]:checked`)]
    if (ticked.length <= TURN) return
    event.preventDefault()
    if (!form.hasAttribute('aria-busy')) inTurns(form, ticked)
  })
}

async function inTurns(form, ticked) {
  const told = form.closest('main').querySelector('[data-turns]')
  const bar = told.querySelector('progress')
  form.setAttribute('aria-busy', 'true')
  told.hidden = false
  bar.max = ticked.length
  const outcomes = told.querySelector('[data-outcomes]')
  outcomes.replaceChildren()
  for (let done = 0; done < ticked.length; done += TURN) {
    const turn = ticked.slice(done, done + TURN)
    const page = await oneTurn(form, turn)
    if (!page) {
      told.querySelector('[data-broken]').hidden = false
      break
    }
    outcomes.append(...page.querySelectorAll('[data-outcome]'))
    const left = new Set([...page.querySelectorAll(`input[name="${form.dataset.inTurns}"]`)].map(box => box.value))
    const gone = turn.filter(box => !left.has(box.value))
    for (const box of gone) box.closest('[data-row]').remove()
    bar.value = done + turn.length
    told.querySelector('[data-done]').textContent = `${bar.value} / ${bar.max}`
    const counts = page.querySelector('main .mc-tabs')
    if (counts) document.querySelector('main .mc-tabs')?.replaceWith(counts)
    if (!gone.length || page.querySelector('[data-stop]')) break
  }
  const pin = form.querySelector('input[name=pin]')
  if (pin) pin.value = ''
  document.dispatchEvent(new Event('work-done'))
  form.removeAttribute('aria-busy')
}

async function oneTurn(form, turn) {
  const data = new FormData(form)
  data.delete(form.dataset.inTurns)
  for (const box of turn) data.append(form.dataset.inTurns, box.value)
  try {
    const answer = await fetch(form.action, { method: 'POST', body: data, credentials: 'same-origin' })
    if (!answer.ok && answer.status !== 422) return null
    return new DOMParser().parseFromString(await answer.text(), 'text/html')
  } catch {
    return null
  }
}
