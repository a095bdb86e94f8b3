import { writePage } from '../build/page.ts'

/** Before the tests: servers from source answer /ui with the page of these sources. */
export default function buildPage(): void {
  writePage()
}
