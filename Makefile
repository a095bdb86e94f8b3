# The targets; each one's script is in build/ and explains itself.
ENGINE ?= auto
PORT ?= 8000
PROBE_IMAGE ?= served-by-probe
REGISTRY_PORT ?= 5000
COMMIT ?= $(shell git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null || echo unknown)
export ENGINE PORT IMAGE REGISTRY_PORT COMMIT RUNTIME UPDATE URL ARGS ONLY ROUNDS JSON SECONDS_EACH VERSION
export WITH YES TLS_HOST TLS_ISSUER GATEWAY_CLASS INGRESS_CLASS PODS PROBE_IMAGE

.DEFAULT_GOAL := help
.PHONY: help run stop logs test test-runtimes fix build image probe-image probe balance rollout bench verdicts soak
.PHONY: render minikube-prepare minikube-clean release audit deliver pack
.PHONY: page-soak screenshots
.PHONY: deploy undeploy access probe-cluster

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  ENGINE=auto|docker|local  containers if an engine is running, or the pinned Node from npm"
	@echo "  PORT=8000                 the port of make run"
	@echo "  IMAGE=served-by           the name that make image gives"
	@echo "  REGISTRY_PORT=5000        the local port of minikube's registry"

run: ## Start the server in the background, with live reload, and print its URL
	@build/run.sh

stop: ## Stop what make run started
	@build/stop.sh

logs: ## Follow the server's log
	@build/logs.sh

test: ## Check the format, lint, check the types and run all tests
	@build/npm.sh test

test-runtimes: ## Run the one suite of all runtimes, or of one: RUNTIME=bun
	@build/npm.sh run test-runtimes

fix: ## Let the linters rewrite what they can
	@build/npm.sh run fix

build: ## Bundle the server into dist/server.mjs
	@build/npm.sh run build

pack: ## Make the npm package, dist/served-by.tgz
	@build/npm.sh run pack

probe: ## Measure a load balancer: URL=http://… (ARGS= passes options)
	@build/probe.sh

probe-cluster: ## The same from PODS=4 pods in a cluster: URL=http://served-by (ARGS= passes options)
	@build/probe-cluster.sh

image: ## Build the production image
	@build/image.sh prod $(or $(IMAGE),served-by)

probe-image: ## Build the image of the probe
	@build/image.sh probe $(PROBE_IMAGE)

balance: ## Start two production replicas behind nginx on port 8080 (make stop)
	@build/balance.sh

screenshots: ## Take the pictures of the live page in docs/images (nginx, Chromium)
	@build/screenshots.sh

rollout: ## Replace replicas behind nginx 20 times under load: not one request may fail
	@build/bench.sh bench/rollout/main.ts

bench: ## Measure speed in ratios to other programs (ONLY=throughput, ONLY=probe …)
	@build/speed.sh

verdicts: ## Judge the verdicts by simulated balancers (ARGS="--runs 1000 --seed 1")
	@build/verdicts.sh

soak: ## Send a million requests and watch the memory
	@build/bench.sh bench/soak/main.ts

page-soak: ## Leave the live page open for an hour (MINUTES=5), and watch its memory
	@MINUTES=$(or $(MINUTES),60) build/bench.sh bench/soak/page.ts

render: ## Print what is applied to a cluster: WITH="autoscaling tls" IMAGE=…
	@build/render.sh

deploy: ## Deploy IMAGE=registry/name, with WITH="autoscaling tls", to the current context
	@build/deploy.sh deploy

undeploy: ## Remove that again
	@build/deploy.sh undeploy

access: ## As an administrator: make the namespace, and say who may do what in it
	@build/deploy.sh access

minikube-prepare: ## Build, push and deploy to a running minikube, and print the URL
	@build/minikube.sh prepare

minikube-clean: ## Remove the deployment from minikube
	@build/minikube.sh clean

release: ## Write VERSION=0.2.0 everywhere, date the changelog, commit and tag
	@build/release.sh

deliver: ## Roll IMAGE=name@sha256:… out, measured at URL=…, and back if a request is lost
	@build/deliver.sh

audit: ## Look for known vulnerabilities, and check the licences of what is shipped
	@build/audit.sh
