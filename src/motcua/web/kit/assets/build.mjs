// Compiles scss/ and js/ and copies what is vendored into ../static/kit. Run by script/assets.
import { build } from 'esbuild'
import { compile } from 'sass'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const target = new URL('../static/kit/', import.meta.url)
const modules = new URL('./node_modules/', import.meta.url)
rmSync(target, { recursive: true, force: true })
mkdirSync(new URL('fonts/', target), { recursive: true })
mkdirSync(new URL('licences/', target), { recursive: true })

const css = compile('scss/kit.scss', { style: 'compressed', loadPaths: ['.'], quietDeps: true, charset: true }).css
writeFileSync(new URL('kit.css', target), css.replace(/background-image:url\(\/assets[^)]*\);?/g, '').replace(/\/\*# sourceMappingURL[^*]*\*\//g, '') + '\n')

await build({ entryPoints: ['js/kit.js'], bundle: true, minify: true, format: 'esm', target: 'es2020', legalComments: 'none', outfile: '../static/kit/kit.js' })

cpSync(new URL('htmx.org/dist/htmx.min.js', modules), new URL('htmx.js', target))
for (const subset of ['latin', 'latin-ext', 'vietnamese']) {
  for (const weight of [400, 600]) {
    const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`
    cpSync(new URL(`@fontsource/be-vietnam-pro/files/${name}`, modules), new URL(`fonts/${name}`, target))
  }
}
for (const name of ['mark.svg', 'icons.svg']) cpSync(new URL(`./${name}`, import.meta.url), new URL(name, target))

const vendored = {
  'govuk-frontend': null,
  '@ministryofjustice/frontend': null,
  'htmx.org': 'LICENSE',
  '@fontsource/be-vietnam-pro': 'LICENSE'
}
const notes = ['Vendored from npm by script/assets; exact versions in assets/package-lock.json.', '']
for (const [name, licence] of Object.entries(vendored)) {
  const manifest = JSON.parse(readFileSync(new URL(`${name}/package.json`, modules)))
  notes.push(`${name} ${manifest.version}: ${manifest.license}`)
  if (licence) cpSync(new URL(`${name}/${licence}`, modules), new URL(`licences/${name.split('/').pop()}.txt`, target))
}
cpSync(new URL('./mit.txt', import.meta.url), new URL('licences/govuk-and-moj-frontend.txt', target))
notes.push('So Deu (fonts/so-deu-*.woff2): the digits of Be Vietnam Pro on one width, made by script/lib/digits.py: OFL-1.1')
writeFileSync(new URL('licences/README.txt', target), notes.join('\n') + '\n')
