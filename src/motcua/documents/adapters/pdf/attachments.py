"""Files attached to a kept PDF: data stays (ISO 19005-3), programs do not."""

import mimetypes

import pikepdf

#: Files that run: an archive keeps what is read, never what acts. They are in the file as received.
_ENDINGS = "exe com scr pif bat cmd ps1 msi msp dll jar js jse vbs vbe wsf hta lnk sh app reg docm xlsm pptm"
_PROGRAMS = frozenset(_ENDINGS.split())
_RUNS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")


def mend_attachments(pdf: pikepdf.Pdf) -> bool:
    """Take out programs, and say of each other attached file what it is to the paper (ISO 19005-3, 6.8). False where none is
    left.
    """
    for name in [name for name, file in pdf.attachments.items() if _is_program(name, file)]:
        del pdf.attachments[name]
    found = []
    for name, file in pdf.attachments.items():
        described = file.obj
        for _, stream in described.get("/EF", pikepdf.Dictionary()).items():
            if "/Subtype" not in stream:
                stream.Subtype = pikepdf.Name(
                    "/" + (mimetypes.guess_type(name)[0] or "application/octet-stream")
                )
        for key in ("/F", "/UF"):
            if key not in described:
                described[key] = pikepdf.String(str(described.get("/UF", described.get("/F", name))))
        if "/AFRelationship" not in described:
            described.AFRelationship = pikepdf.Name.Unspecified
        found.append(described)
    if found:
        pdf.Root.AF = pikepdf.Array(found)
    return bool(found)


def _is_program(name: str, file: pikepdf.AttachedFileSpec) -> bool:
    if name.rpartition(".")[2].lower() in _PROGRAMS:
        return True
    return file.get_file().read_bytes()[:4].startswith(_RUNS)
