import { affinity } from './affinity.ts'
import { faults } from './faults.ts'
import { refusals } from './refusals.ts'
import { turns } from './turns.ts'

export const haproxyConfigurations = [...turns, ...affinity, ...refusals, ...faults]
