// Imported before everything else by a program that loads the platform's classes late.
import { loadPlatformLate } from './platform.ts'

loadPlatformLate()
