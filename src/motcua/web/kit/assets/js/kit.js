// Everything a page can do beyond links and forms. Each part looks for its own markers and stays quiet without them.
import { Button, ErrorSummary, Checkboxes, Radios, SkipLink, createAll } from 'govuk-frontend'
import { SortableTable } from '@ministryofjustice/frontend/moj/components/sortable-table/sortable-table.mjs'
import { startConditions } from './conditions.js'
import { startDrafts } from './drafts.js'
import { startKeys } from './keys.js'
import { startLists } from './lists.js'
import { startOffers } from './offers.js'
import { startRelations } from './relations.js'
import { startSuggestions } from './suggest.js'
import { startUploads } from './uploads.js'
import { startWaiting } from './waiting.js'

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')

for (const component of [Button, ErrorSummary, Checkboxes, Radios, SkipLink, SortableTable]) {
  createAll(component)
}
startConditions()
startDrafts()
startKeys()
startLists()
startOffers()
startRelations()
startSuggestions()
startUploads()
startWaiting()

for (const button of document.querySelectorAll('[data-print]')) {
  button.addEventListener('click', () => window.print())
}

// A choice that the page was made for opens the page of that choice; without scripts a button does.
for (const field of document.querySelectorAll('[data-submits]')) {
  field.addEventListener('change', () => field.form.requestSubmit())
}
