import { affinity } from './affinity.ts'
import { faults } from './faults.ts'
import { refusals } from './refusals.ts'
import { turns } from './turns.ts'
import { versions } from './versions.ts'

export const nginxConfigurations = [...turns, ...affinity, ...refusals, ...faults, ...versions]
