// The lock file keeps versions and integrity hashes; where a package is fetched from is the machine's business.
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('./package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path))
for (const entry of Object.values(lock.packages)) {
  delete entry.resolved
  delete entry.funding
}
writeFileSync(path, JSON.stringify(lock, null, 2) + '\n')
