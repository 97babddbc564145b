"""The outside world of the demo, each part a simulator speaking its real protocol on the loopback address.

Gives the product the settings that lead there; where an operator has set one, his stays.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import urllib.request
from pathlib import Path

from motcua.cli.cluster.postmaster import free_port
from motcua.cli.environment import data_dir, kept_secret
from motcua.cli.running.programs import answers, listens, module
from motcua.cli.running.supervisor import Child, Program, Supervisor


def start(supervisor: Supervisor) -> list[Child]:
    """Start every simulator that is installed and point the settings of this process's children to it.

    Gives back those that are still on their way to be ready.
    """
    home = data_dir() / "simulators"
    home.mkdir(parents=True, exist_ok=True)
    launched: list[Child] = []
    if _is_there("simulators.pki") and not os.environ.get("MOTCUA_TSA_URL"):
        launched += _start_trust(supervisor, home)
    if _is_there("simulators.mail") and not os.environ.get("MOTCUA_SMTP_HOST"):
        launched += _start_mail(supervisor, home)
    if _is_there("simulators.tax") and not os.environ.get("MOTCUA_TAX_URL"):
        launched += _start_tax(supervisor, home)
    if _is_there("simulators.population") and not os.environ.get("MOTCUA_POPULATION_URL"):
        launched.append(_start_population(supervisor, home))
    if _is_there("simulators.identity") and not os.environ.get("MOTCUA_IDENTITY_ISSUER"):
        launched.append(_start_identity(supervisor, home))
    return launched


def _start_identity(supervisor: Supervisor, home: Path) -> Child:
    """A provider of electronic identities with a few invented people."""
    port = _kept_port(home, "identity", 9126)
    base = f"http://127.0.0.1:{port}"
    os.environ["MOTCUA_IDENTITY_ISSUER"] = base
    os.environ["MOTCUA_IDENTITY_CLIENT_SECRET"] = kept_secret(home / "identity" / "client_secret")
    argv = module("simulators.identity", "--site", os.environ["MOTCUA_BASE_URL"], "--port", str(port))
    return supervisor.launch(Program("identity", argv, is_ready=answers(f"{base}/health")))


def _start_tax(supervisor: Supervisor, home: Path) -> list[Child]:
    """A tax authority that takes the days' summaries of receipts; trusts whom the installation trusts."""
    port = _kept_port(home, "tax", 9124)
    base = f"http://127.0.0.1:{port}"
    trust = os.environ.get("MOTCUA_TRUST_ROOTS", str(data_dir() / "trust"))
    argv = module("simulators.tax", "--data", str(home / "tax"), "--trust", trust, "--port", str(port))
    os.environ["MOTCUA_TAX_URL"] = base
    return [supervisor.launch(Program("tax", argv, is_ready=answers(f"{base}/health")))]


def _start_trust(supervisor: Supervisor, home: Path) -> list[Child]:
    """A certificate and time-stamp authority; at first start also the tokens of those who sign."""
    port = _kept_port(home, "pki", 9123)
    base = f"http://127.0.0.1:{port}"
    argv = module("simulators.pki", "--data", str(home / "pki"), "--port", str(port))
    authority = supervisor.launch(Program("pki", argv, is_ready=answers(f"{base}/health")))
    trust, tokens = data_dir() / "trust", home / "tokens"
    os.environ["MOTCUA_TSA_URL"] = f"{base}/motcua/tsa/tsa"
    os.environ.setdefault("MOTCUA_TRUST_ROOTS", str(trust))
    has_tokens = _is_there("simulators.hsm") and shutil.which("softhsm2-util") is not None
    if has_tokens:
        os.environ.setdefault("SOFTHSM2_CONF", str(tokens / "softhsm2.conf"))
        os.environ.setdefault("MOTCUA_SIGNING_PINS", str(tokens / "pins.json"))
    stamp = home / "trust.stamp"
    if stamp.exists() and stamp.read_text() == _source_of_tokens():
        return [authority]
    supervisor.await_ready(authority)
    trust.mkdir(parents=True, exist_ok=True)
    with urllib.request.urlopen(f"{base}/trust.pem", timeout=10) as root:  # noqa: S310 - our own loopback address
        (trust / "simulated-authority.pem").write_bytes(root.read())
    if has_tokens:
        argv = module("simulators.hsm", "--data", str(tokens), "--pki", base)
        supervisor.succeed(Program("tokens", argv))
    stamp.write_text(_source_of_tokens())
    return []


def _start_mail(supervisor: Supervisor, home: Path) -> list[Child]:
    """A mail server that keeps every message in a folder."""
    port = _kept_port(home, "mail", 1025)
    argv = module("simulators.mail", "--data", str(home / "mail"), "--port", str(port))
    os.environ["MOTCUA_SMTP_HOST"] = "127.0.0.1"
    os.environ["MOTCUA_SMTP_PORT"] = str(port)
    return [supervisor.launch(Program("mail", argv, is_ready=listens(port)))]


def _start_population(supervisor: Supervisor, home: Path) -> Child:
    """A population register that gives personal numbers to new-born children."""
    port = _kept_port(home, "population", 9125)
    folder = str(home / "population")
    argv = module("simulators.population", "--data", folder, "--port", str(port))
    os.environ["MOTCUA_POPULATION_URL"] = f"http://127.0.0.1:{port}"
    os.environ["MOTCUA_POPULATION_TOKEN"] = "simulated"  # noqa: S105 - what the simulator expects of everybody
    return supervisor.launch(Program("population", argv, is_ready=listens(port)))


def _source_of_tokens() -> str:
    """Digest of the program that makes the tokens: another cast needs another round."""
    spec = importlib.util.find_spec("simulators.hsm")
    source = Path(spec.origin).read_bytes() if spec and spec.origin else b""
    return hashlib.sha256(source).hexdigest()


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _kept_port(home: Path, name: str, preferred: int) -> int:
    """The port a simulator had last time (certificates carry its address), or a free one now."""
    file = home / "ports.json"
    ports: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
    if name not in ports:
        ports[name] = free_port(preferred)
        file.write_text(json.dumps(ports))
    return ports[name]
