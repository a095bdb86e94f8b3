import { describe, expect, test } from 'vitest'
import {
  addToTimeline,
  createTimeline,
  mergeTimelines,
} from '../../src/measure/statistics/timeline.ts'
import type { Timeline } from '../../src/measure/statistics/timeline.ts'
import { seeded } from './random.ts'
import { start } from './simulation.ts'

function timelineOf(times: number[], label = 'web-0'): Timeline {
  const timeline = createTimeline()
  for (const time of times) addToTimeline(timeline, label, time)
  return timeline
}

function times(seed: number, seconds: number): number[] {
  const draw = seeded(seed)
  return Array.from({ length: 500 }, () => start + seconds * 1000 * draw())
}

const contents = ({ lanes }: Timeline) =>
  [...lanes].map(([label, lane]) => [label, lane.map(({ number, count }) => [number, count])])

test.each([0.1, 1, 60, 3600, 86_400])('%d seconds fit in 256 buckets', (seconds) => {
  const timeline = timelineOf(times(1, seconds))
  const lane = timeline.lanes.get('web-0') ?? []
  expect(lane.length).toBeLessThanOrEqual(256)
  expect(lane.reduce((sum, { count }) => sum + count, 0)).toBe(500)
  // Not coarser than it has to be: half the width would not fit.
  if (timeline.width > 1) expect((seconds * 1000) / (timeline.width / 2)).toBeGreaterThan(250)
})

test('a bucket counts what falls into it', () => {
  const timeline = timelineOf([start, start + 1, start + 1.5, start + 3])
  expect(timeline.width).toBe(1)
  expect(contents(timeline)).toEqual([
    [
      'web-0',
      [
        [start, 1],
        [start + 1, 2],
        [start + 3, 1],
      ],
    ],
  ])
})

describe('merging equals counting both', () => {
  test.each([
    [1, 1],
    [1, 1000],
    [1000, 1],
    [60, 70],
  ])('%d and %d seconds', (secondsA, secondsB) => {
    const [a, b] = [times(1, secondsA), times(2, secondsB)]
    const merged = mergeTimelines(timelineOf(a), timelineOf(b))
    const both = timelineOf([...a, ...b])
    expect(merged.width).toBe(both.width)
    expect(merged.span).toEqual(both.span)
    expect(contents(merged)).toEqual(contents(both))
  })

  test('with nothing', () => {
    const one = timelineOf(times(1, 10))
    expect(mergeTimelines(one, createTimeline())).toEqual(one)
    expect(mergeTimelines(createTimeline(), createTimeline())).toEqual(createTimeline())
  })
})
