// How much work waits, beside its link in the header: asked when the page stands, and now and then while somebody looks at it.
// Without an answer the link stays as it is.
const EVERY = 45_000

export function startWaiting() {
  for (const place of document.querySelectorAll('[data-tasks]')) {
    const ask = () => tell(place)
    ask()
    setInterval(() => document.visibilityState === 'visible' && ask(), EVERY)
    document.addEventListener('work-done', ask)
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && ask())
  }
}

async function tell(place) {
  try {
    const answer = await fetch(place.dataset.tasks, { credentials: 'same-origin', headers: { Accept: 'application/json' } })
    if (!answer.ok) return
    const { total, shown } = await answer.json()
    place.hidden = total === 0
    place.querySelector('[data-shown]').textContent = shown
  } catch {
    // The line is down: what was known stays.
  }
}
