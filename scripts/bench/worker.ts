// Writes a script in a process of its own, and prints what that took: CPU milliseconds without the start of the process.
import { ownCpu, writeScript } from './offline-script.ts'
import { createTable, simple } from './op-work.ts'

const [, , name = '', count = ''] = process.argv
const works = { createTable, simple }
const work = works[name as keyof typeof works]
console.log(await ownCpu(() => writeScript(() => work(Number(count)))))
