# The scripts under short names. `make` lists them.
.PHONY: help setup server demo check fix test messages lock
help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1 — /p' $(MAKEFILE_LIST)
setup: ## make this machine ready
	script/setup --tests
server: ## start web and worker
	script/server
demo: ## a demo province, one dossier walked end to end
	script/demo
check: ## format, lint, types, contracts, migrations, catalogues
	script/check
fix: ## repair format and lint
	script/check --fix
test: ## run every test
	script/test
messages: ## append to the catalogues what is to be translated
	script/messages
lock: ## write the lock files from pyproject.toml
	script/lock
