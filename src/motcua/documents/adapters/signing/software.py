"""Keys in a PKCS#12 file: for development where no token is at hand. The same signatures, less protection."""

from pathlib import Path

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.documents.adapters.signing import pades
from motcua.documents.adapters.signing.protocol import SignerIdentity, SigningOrder
from motcua.documents.errors import PinMissing, TokenMissing, WrongPin

_DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class _CachedKeySigner(signers.SimpleSigner):
    """pyHanko's signer parses the key at every signature and OpenSSL tests its primes each time: 36 ms for nothing."""

    _key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        algorithm = _DIGESTS[digest_algorithm]
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), algorithm)
        return self._key.sign(data, ec.ECDSA(algorithm))


class SoftwareSigner:
    """The key in the file at `path`, opened with `pin` as its password."""

    def __init__(self, *, path: Path, pin: str) -> None:
        self._path, self._pin = path, pin
        self._loaded: _CachedKeySigner | None = None

    def identity(self) -> SignerIdentity:
        return pades.identity_of(self._signer().signing_cert)

    def sign(self, pdf: bytes, order: SigningOrder) -> bytes:
        signer = self._signer()
        return pades.sign(pdf, order, signer, pades.identity_of(signer.signing_cert))

    def sign_data(self, data: bytes) -> bytes:
        return pades.sign_data(data, self._signer())

    def _signer(self) -> _CachedKeySigner:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> _CachedKeySigner:
        if not self._pin:
            raise PinMissing
        try:
            content = self._path.read_bytes()
        except OSError as absence:
            raise TokenMissing(label=self._path.stem) from absence
        try:
            bundle = pkcs12.load_pkcs12(content, self._pin.encode())
        except ValueError as refusal:
            raise WrongPin from refusal
        if bundle.key is None or bundle.cert is None:
            raise TokenMissing(label=self._path.stem)
        return _assemble(bundle)


def _assemble(bundle: pkcs12.PKCS12KeyAndCertificates) -> _CachedKeySigner:
    if bundle.cert is None or not isinstance(bundle.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TokenMissing(label="")
    own = x509.Certificate.load(bundle.cert.certificate.public_bytes(Encoding.DER))
    others = [
        x509.Certificate.load(c.certificate.public_bytes(Encoding.DER)) for c in bundle.additional_certs
    ]
    der = bundle.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = _CachedKeySigner(
        signing_cert=own,
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore.from_certs([own, *others]),
    )
    signer._key = bundle.key
    return signer
