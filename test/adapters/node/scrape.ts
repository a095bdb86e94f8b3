/** The samples of a Prometheus text page, by name with labels, such as `up{job="x"}`. */
export type Samples = ReadonlyMap<string, number>

/** Fetches the metrics of a server. */
export async function scrape(url: string): Promise<Samples> {
  const page = await (await fetch(`${url}metrics`)).text()
  const lines = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space + 1))]
    }),
  )
}
