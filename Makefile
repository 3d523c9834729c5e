# Muster. `make demo` and `make test` are all that a newcomer needs; `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# What is built once lives in the user's cache: a fresh clone at the same place finds its tools and its libraries.
# Each place has its own: cargo tells two checkouts apart by the times of their files, and would take one's for the other's.
export MUSTER_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/muster
export CARGO_TARGET_DIR ?= $(MUSTER_CACHE)/target-$(firstword $(shell printf %s '$(CURDIR)' | cksum))
TOOLS := $(MUSTER_CACHE)/tools
export PATH := $(TOOLS)/bin:$(TOOLS)/npm/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)
# Where the site for the browser is put together. One a checkout, so that two never mix.
export MUSTER_SITE_DIR ?= $(CURDIR)/target/site
STAMPS := target/stamps

SOURCES := Cargo.toml Cargo.lock $(shell find app server frontend -type f -not -path '*/tests/*' -not -path '*/benches/*' -not -path '*/fuzz/*' -not -name '*.md')
BROWSER_SOURCES := Cargo.toml Cargo.lock $(shell find app frontend -type f -not -path '*/tests/*' -not -path '*/benches/*')
STYLES := $(wildcard style/*.css)
PUBLIC := $(shell find public -type f 2>/dev/null)
NATIVE := -p identity -p plan -p job -p tabular -p directory -p store -p worker -p demo -p testkit -p app -p server
SHIPPED := --target wasm32-unknown-unknown --profile wasm-release
WASM := $(CARGO_TARGET_DIR)/wasm32-unknown-unknown/wasm-release
BINDGEN = wasm-bindgen --target web --no-typescript --out-dir $(MUSTER_SITE_DIR)/pkg
STRIP := --strip-debug --strip-producers
BINARY := $(CARGO_TARGET_DIR)/release/muster
DATA ?= data

.PHONY: help
help: ## What there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Running -------------------------------------------------------------------------------------

.PHONY: demo
demo: release ## Build, start on SQLite with the demo directory, print address and password
	@exec $(BINARY) demo --data $(DATA)

.PHONY: dev
dev: ## Build and start, again at every change
	@.ci/need build tools dev
	@.ci/dev $(DATA)

.PHONY: release
release: $(STAMPS)/release ## Leave one self-contained binary, with the site inside

$(STAMPS)/release: $(STAMPS)/site $(SOURCES)
	@echo "Building muster"
	@cargo build --quiet --release -p server --bin muster
	@mkdir -p $(@D) && touch $@
	@echo "Built $(BINARY)"

# --- The site: what the browser loads --------------------------------------------------------------

.PHONY: site
site: $(STAMPS)/site ## Build what the browser loads

$(STAMPS)/needs: .ci/need Cargo.lock
	@.ci/need build tools
	@mkdir -p $(@D) && touch $@

$(STAMPS)/modules: $(STAMPS)/needs $(BROWSER_SOURCES)
	@echo "Building the site"
	@cargo build --quiet -p frontend --features split $(SHIPPED)
	@cargo build --quiet -p file-worker $(SHIPPED)
	@rm -rf $(MUSTER_SITE_DIR) target/parts && mkdir -p $(MUSTER_SITE_DIR)/pkg target/parts
	@# The page: what comes first, and its parts, which are loaded with their pages and call it by its table.
	@wasm-split-cli --target web --out-name muster $(WASM)/frontend.wasm target/parts
	@mv target/parts/__wasm_split.js $(MUSTER_SITE_DIR)/pkg/
	@$(BINDGEN) --keep-lld-exports --out-name muster target/parts/muster.wasm && mv $(MUSTER_SITE_DIR)/pkg/muster_bg.wasm target/parts/muster.wasm
	@# The worker that reads files is loaded when a file is opened.
	@$(BINDGEN) --out-name file-worker $(WASM)/file-worker.wasm
	@# The features in use stand in the wasm itself; --all-features would write what browsers do not read yet.
	@# It does not know all that wasm-split writes about names, which are not kept anyway, and says so for each file.
	@for part in target/parts/*.wasm; do \
		wasm-opt -Os $(STRIP) -o $(MUSTER_SITE_DIR)/pkg/$${part##*/} $$part 2>&1 | { grep -v 'unknown name subsection' || true; }; \
	done
	@wasm-opt -O3 $(STRIP) -o $(MUSTER_SITE_DIR)/pkg/file-worker.wasm $(MUSTER_SITE_DIR)/pkg/file-worker_bg.wasm
	@rm $(MUSTER_SITE_DIR)/pkg/file-worker_bg.wasm
	@mkdir -p $(@D) && touch $@

# Style and pictures are put beside the modules without building those again.
$(STAMPS)/site: $(STAMPS)/modules $(STYLES) $(PUBLIC)
	@# main.css is a list of imports, one a line; joined here they are one request.
	@sed -n 's/^@import "\(.*\)";$$/style\/\1/p' style/main.css | xargs cat > $(MUSTER_SITE_DIR)/pkg/muster.css
	@cp -R public/. $(MUSTER_SITE_DIR)/
	@mkdir -p $(@D) && touch $@

# --- Tests ---------------------------------------------------------------------------------------

.PHONY: test
test: ## Every test: lints, crates, servers, browser
	@.ci/test

.PHONY: check
check: ## Format, lints on both targets, licences
	@.ci/need build deny
	cargo fmt --all --check
	cargo fmt --manifest-path server/fuzz/Cargo.toml --check
	cargo clippy --quiet $(NATIVE) --features app/ssr --all-targets -- -D warnings
	cargo clippy --quiet -p frontend -p file-worker -p app --features app/hydrate --target wasm32-unknown-unknown -- -D warnings
	cargo deny --all-features --log-level error check --hide-inclusion-graph bans licenses sources

.PHONY: test-native
test-native: ## Tests of the crates, against real OpenLDAP and PostgreSQL
	@.ci/need build servers
	cargo test --quiet --no-fail-fast $(NATIVE) --features app/ssr

.PHONY: test-wasm
test-wasm: ## Tests of the pure crates in Chromium's wasm: the same answers as natively
	@.ci/need build tools driver
	CHROMEDRIVER=$$(command -v chromedriver) WASM_BINDGEN_USE_BROWSER=1 WASM_BINDGEN_TEST_TIMEOUT=300 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=60 \
		CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
		cargo test -p plan -p tabular --target wasm32-unknown-unknown --test golden --test sheet --test csv --test xlsx

.PHONY: test-browser
test-browser: $(STAMPS)/site ## Tests of the pages in Chromium
	@.ci/need browser servers
	@# The same packages and features as for the other tests: cargo then builds nothing twice.
	cargo build --quiet $(NATIVE) --features app/ssr --bins --tests
	cd end2end && npx playwright test

.PHONY: fuzz
fuzz: ## Let libFuzzer look for what breaks the readers, FUZZ_SECONDS=60 each (FUZZ=csv for one)
	@.ci/need build fuzz
	@CARGO_TARGET_DIR=$(CARGO_TARGET_DIR)/fuzz .ci/fuzz $(FUZZ)

# --- Measuring -----------------------------------------------------------------------------------

.PHONY: bench
bench: $(STAMPS)/release ## Measure, and write server/benches/README.md (SCALE=full for the large sizes)
	@.ci/need servers browser bench
	@server/benches/run
