"""Making one PAdES signature with pyHanko: the part every key shares."""

import asyncio
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from io import BytesIO

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

from motcua.documents.adapters.signing.appearance import stamp_style
from motcua.documents.adapters.signing.protocol import SignerIdentity, SigningOrder
from motcua.documents.adapters.signing.sheet import read_sheet
from motcua.documents.errors import (
    CertificateNotValid,
    NotPdf,
    SigningRefused,
    SigningTimedOut,
    TimeStampUnavailable,
)
from motcua.documents.rules.signing import place
from motcua.documents.words import SignatureKind, SignatureLevel
from motcua.kernel import clock

# Room for the CMS object, in hexadecimal digits. Given in advance, pyHanko does not build the whole object twice.
_RESERVED = 32768
_FIELD = re.compile(r"^(personal|agency|copier|copy_seal)-(\d+)$")
_workers = ThreadPoolExecutor(thread_name_prefix="signing")


def sign(pdf: bytes, order: SigningOrder, key: signers.Signer, identity: SignerIdentity) -> bytes:
    """The signed file (an incremental update of `pdf`), or a `SigningRefused`. Bounded by `order.timeout` seconds."""
    task = _workers.submit(_sign, pdf, order, key, identity)
    try:
        return task.result(order.timeout)
    except OutOfTime:
        task.cancel()
        raise SigningTimedOut(seconds=f"{order.timeout:g}") from None


def sign_data(data: bytes, key: signers.Signer) -> bytes:
    """A detached CMS signature with the certificate chain and the signing time, as DER."""

    async def signed() -> bytes:
        attributes = PdfCMSSignedAttributes(signing_time=clock.now())
        content = await key.async_sign_general_data(
            data, "sha256", detached=True, signed_attr_settings=attributes
        )
        return bytes(content.dump())

    return _workers.submit(asyncio.run, signed()).result()


def _sign(pdf: bytes, order: SigningOrder, key: signers.Signer, identity: SignerIdentity) -> bytes:
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        encrypted = reader.encrypted
        names = [name for name, _value, _ref in fields.enumerate_sig_fields(reader)]
        sheet = read_sheet(reader)
    except (PdfError, ValueError, KeyError, TypeError) as damage:
        raise NotPdf from damage
    if encrypted:
        raise NotPdf
    taken = _taken(order.kind, names)
    box = place(order.kind, sheet, taken)
    field = fields.SigFieldSpec(
        f"{order.kind}-{taken + 1}",
        on_page=box.page,
        box=(round(box.left), round(box.bottom), round(box.right), round(box.top)),
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    signer = signers.PdfSigner(
        _metadata(order, field.sig_field_name, identity),
        signer=key,
        timestamper=_time_stamper(order),
        stamp_style=stamp_style(order, identity, box),
        new_field_spec=field,
    )
    reserved = None if order.level is SignatureLevel.LTA else _RESERVED
    try:
        return bytes(signer.sign_pdf(writer, bytes_reserved=reserved).getbuffer())
    except TimestampRequestError as refusal:
        raise TimeStampUnavailable from refusal
    except ValidationError as refusal:
        raise CertificateNotValid(name=identity.name, cause=str(refusal)) from refusal
    except (SigningError, PdfError) as refusal:
        raise SigningRefused from refusal
    except (ValueError, TypeError, AttributeError) as nonsense:
        # asn1crypto complains with these when an authority answers with something that is not a time stamp
        raise TimeStampUnavailable from nonsense


def _metadata(order: SigningOrder, field_name: str, identity: SignerIdentity) -> signers.PdfSignatureMetadata:
    is_long_term = order.level is SignatureLevel.LTA
    context = _long_term_context(order.trust_roots) if is_long_term else None
    return signers.PdfSignatureMetadata(
        field_name=field_name,
        md_algorithm="sha256",
        reason=order.reason or None,
        location=order.location or None,
        name=identity.name,
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=is_long_term,
        use_pades_lta=is_long_term,
        validation_context=context,
    )


def _long_term_context(trust_roots: Iterable[bytes]) -> ValidationContext:
    roots = [x509.Certificate.load(der) for der in trust_roots]
    return ValidationContext(trust_roots=roots, allow_fetching=True, revocation_mode="hard-fail")


def _time_stamper(order: SigningOrder) -> RequestsHTTPTimeStamper | None:
    if order.level is SignatureLevel.B:
        return None
    if order.time_stamping is None:
        raise TimeStampUnavailable
    return RequestsHTTPTimeStamper(order.time_stamping.url, timeout=order.time_stamping.timeout)


def _taken(kind: SignatureKind, names: Iterable[str]) -> int:
    found = (match for name in names if (match := _FIELD.match(name)))
    return sum(1 for match in found if match[1] == kind)


def identity_of(certificate: x509.Certificate) -> SignerIdentity:
    """The holder as the certificate names them."""
    subject = certificate.subject.native
    fingerprint = hashes.Hash(hashes.SHA256())
    fingerprint.update(certificate.dump())
    return SignerIdentity(
        name=str(subject.get("common_name", "")),
        organisation=str(subject.get("organization_name", "")),
        number=str(subject.get("serial_number", "")),
        agency_code=str(subject.get("organization_identifier", "")),
        serial=f"{certificate.serial_number:x}",
        issuer=str(certificate.issuer.native.get("common_name", "")),
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
        fingerprint=fingerprint.finalize().hex(),
    )
