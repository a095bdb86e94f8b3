import { useState } from 'preact/hooks'
import { copy } from './copy.ts'

/** Requests a second. */
export const rates = [1, 2, 5, 10, 20, 50]

interface Props {
  paused: boolean
  rate: number
  onPause: () => void
  onReset: () => void
  onRate: (rate: number) => void
  summary: { text: () => string; json: () => string }
}

/** What a person can do: pause, begin anew, choose the rate, copy what is known. */
export function Controls({ paused, rate, onPause, onReset, onRate, summary }: Props) {
  const [said, say] = useState('')
  const copyAs = (text: string, what: string) =>
    void copy(text).then((done) => {
      say(done ? `Copied as ${what}.` : 'The browser does not allow copying.')
    })
  return (
    <div class="controls">
      <button type="button" onClick={onPause}>
        {paused ? 'Resume' : 'Pause'}
      </button>
      <button type="button" onClick={onReset}>
        Reset
      </button>
      <label>
        Requests a second
        <select
          value={rate}
          onChange={(event) => {
            onRate(Number(event.currentTarget.value))
          }}
        >
          {rates.map((one) => (
            <option value={one} key={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        onClick={() => {
          copyAs(summary.text(), 'text')
        }}
      >
        Copy as text
      </button>
      <button
        type="button"
        onClick={() => {
          copyAs(summary.json(), 'JSON')
        }}
      >
        Copy as JSON
      </button>
      <span role="status">{said}</span>
    </div>
  )
}
