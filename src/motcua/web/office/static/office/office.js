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
  })
}
