/** What to do where every answer comes from one replica. */
export function Advice({ replica, url }: { replica: string; url: URL }) {
  return (
    <section class="advice" aria-labelledby="advice">
      <h2 id="advice">Everything comes from {replica}: is there another?</h2>
      <p>
        If there should be, then something keeps you with this one. A browser keeps its connections
        open; a balancer that deals out connections, such as a Kubernetes Service, chooses once for
        each, and never again.
      </p>
      <ol>
        <li>
          Ask with a new connection each time. If names differ now, it is the connection that binds:
          <pre tabIndex={0}>for i in 1 2 3 4 5 6; do curl -s {url.href}; echo; done</pre>
        </li>
        <li>Open this page in a private window. If the name differs there, it is a cookie.</li>
        <li>Open it on another machine. If the name differs there, it is your address.</li>
        <li>
          Otherwise count the replicas that are ready: <code>kubectl get endpointslices</code>
        </li>
      </ol>
    </section>
  )
}
