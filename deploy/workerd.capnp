# Runs the Worker on workerd, the runtime of Cloudflare Workers, without Cloudflare:
# `workerd serve deploy/workerd.capnp` after `make build`, then http://127.0.0.1:8000/.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "served-by", worker = .worker),
    # What /chain asks; by default workerd lets a Worker reach public addresses only.
    (
      name = "internet",
      network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true)),
    ),
  ],
  sockets = [ (name = "http", address = "*:8000", http = (), service = "served-by") ],
);

const worker :Workerd.Worker = (
  modules = [ (name = "worker", esModule = embed "../dist/worker.mjs") ],
  compatibilityDate = "2026-10-01",
  bindings = [
    (name = "REPLICA_NAME", fromEnvironment = "REPLICA_NAME"),
    (name = "ZONE", fromEnvironment = "ZONE"),
    (name = "FAULTS", fromEnvironment = "FAULTS"),
    (name = "UPSTREAMS", fromEnvironment = "UPSTREAMS"),
    (name = "UPSTREAM_TIMEOUT", fromEnvironment = "UPSTREAM_TIMEOUT"),
  ],
);
