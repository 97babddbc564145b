"""The permission matrix as data: name of the address → method → status per member of the cast.

`row(nobody, citizens, officers, exceptions)`: Hoa owns the dossier that is asked for, An Phát is another citizen, Giang
serves in another commune, Phúc in the department that was consulted.
"""

from collections.abc import Mapping

from tests.cast import EVERYBODY

Row = Mapping[str, int]
_CITIZENS = ("hoa", "an_phat")


def row(nobody: int, citizens: int, officers: int, but: Mapping[str, int] | None = None) -> Row:
    """Exceptions name people, separated by blanks."""
    statuses = {who: citizens if who in _CITIZENS else officers for who in EVERYBODY} | {"nobody": nobody}
    for people, status in (but or {}).items():
        for who in people.split():
            assert who in statuses, who
            statuses[who] = status
    return statuses


def same(status: int) -> Row:
    """For everybody."""
    return dict.fromkeys(EVERYBODY, status)


#: How an address is asked: its path parameters where they are not the usual ones, the query, a JSON body.
ASKED: Mapping[str, tuple[Mapping[str, str], str, str | None]] = {
    "api:submit": ({}, "", "{}"),
    "api:begin": ({}, "", "{}"),
    "api:append": ({}, "?offset=0", None),
    "api:track": ({"code": "dossier_code"}, "", None),
    "api:move": ({}, "", '{"move": "stop", "reason": "Theo đề nghị"}'),
    "counter:file_text": ({"form": "txt"}, "", None),
    "office:file_text": ({"form": "txt"}, "", None),
    "portal:file_text": ({"form": "txt"}, "", None),
    "counter:own_file": ({"file_id": "scan"}, "", None),
    "verification:paper": ({"reference": "act"}, "", None),
    "portal:field": ({"code": "field_of_law"}, "", None),
    "portal:draft_file": ({"file_id": "nothing"}, "", None),
    "portal:draft_upload": ({"key": "component"}, "", None),
}

ROWS: Mapping[str, Mapping[str, Row]] = {
    "kit:start": {"GET": same(302)},
    "kit:preferences": {"POST": same(302)},
    "kit:gallery": {"GET": same(200)},
    "kit:gallery_form": {"GET": same(200)},
    "login:log_in": {"GET": row(200, 302, 302)},
    "login:second_factor": {"GET": same(302)},
    "login:set_up_second_factor": {"GET": same(302)},
    "verification:verify": {"GET": same(200)},
    "verification:paper": {"GET": same(422)},
    "counter:desk": {"GET": row(302, 404, 403, {"binh giang hanh": 200, "lan": 302})},
    "counter:own_file": {"GET": row(302, 404, 403, {"binh": 200, "giang hanh": 404})},
    "counter:online": {"GET": row(302, 404, 403, {"binh giang hanh": 200})},
    "counter:dossier": {"GET": row(302, 404, 403, {"binh hanh lan": 200, "giang": 404})},
    "counter:file": {"GET": row(302, 404, 403, {"binh hanh lan": 200, "giang": 404})},
    "counter:file_text": {"GET": row(302, 404, 403, {"binh hanh lan giang": 404})},
    "counter:form": {"GET": row(302, 404, 403, {"binh hanh lan": 200, "giang": 404})},
    "counter:take_payment": {
        "GET": row(302, 404, 403, {"lan": 405}),
        "POST": row(302, 404, 403, {"lan": 404}),
    },
    "counter:exempt": {
        "GET": row(302, 404, 403, {"binh giang hanh lan": 405}),
        "POST": row(302, 404, 403, {"binh giang hanh lan": 404}),
    },
    "counter:receipt": {"GET": row(302, 404, 403, {"binh giang hanh lan": 404})},
    "counter:act": {
        "GET": row(302, 404, 403, {"binh giang hanh lan": 405}),
        "POST": row(302, 404, 403, {"binh hanh": 409, "giang": 404}),
    },
    "counter:cash": {"GET": row(302, 404, 403, {"lan": 200})},
    "counter:returns": {"GET": row(302, 404, 403, {"binh giang hanh": 200})},
    "counter:scans": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 200})},
    "counter:separators": {"GET": row(302, 404, 403, {"binh chau hanh phuc": 200, "giang": 404})},
    "counter:scan_picture": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 404})},
    "counter:scan_thumb": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 404})},
    "counter:scan_zoom": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 404})},
    "counter:scan_tile": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 404})},
    "counter:scan_piece": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 404})},
    "counter:scan_progress": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 404})},
    "counter:scan_files": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan_upload": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan_upload_finish": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan_arrange": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan_field": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan_paper": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan_address": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan_bind": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan_sign": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan_feed": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:scan_exempt": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "counter:daybook": {"GET": row(302, 404, 403, {"binh giang hanh": 200})},
    "office:inbox": {"GET": row(302, 404, 200, {"quang": 302})},
    "office:tray": {"GET": row(302, 404, 403, {"dung em": 200})},
    "office:consultations": {"GET": row(302, 404, 403, {"chau em giang phuc": 200})},
    "office:answer": {"GET": row(302, 404, 403, {"chau em giang": 404, "phuc": 200})},
    "office:delegations": {"GET": row(302, 404, 200)},
    "office:revoke_delegation": {
        "GET": row(302, 404, 403, {"dung quang": 405}),
        "POST": row(302, 404, 403, {"dung quang": 302}),
    },
    "office:steering": {"GET": row(302, 404, 403, {"dung hanh minh son": 200})},
    "office:steered": {"GET": row(302, 404, 403, {"dung hanh minh son": 200})},
    "office:dossiers_csv": {"GET": row(302, 404, 200, {"nga quang": 403})},
    "office:dossiers_xlsx": {"GET": row(302, 404, 200, {"nga quang": 403})},
    "office:figures": {"GET": row(302, 404, 403, {"dung hanh minh son": 200})},
    "office:explain_figure": {"GET": row(302, 404, 403, {"dung hanh minh son": 200})},
    "office:report_file": {"GET": row(302, 404, 403, {"dung hanh minh son": 200})},
    "office:outlook": {"GET": row(302, 404, 403, {"dung hanh minh son": 200})},
    "office:sent_reports": {"GET": row(302, 404, 403, {"dung hanh minh son": 200})},
    "office:sent_report": {"GET": row(302, 404, 403, {"dung hanh minh son": 404})},
    "office:sent_file": {"GET": row(302, 404, 403, {"dung hanh minh son": 404})},
    "office:end_report_plan": {
        "GET": row(302, 404, 403, {"dung hanh minh son": 405}),
        "POST": row(302, 404, 403, {"dung hanh minh son": 404}),
    },
    "office:directives": {"GET": row(302, 404, 200)},
    "office:new_directive": {"GET": row(302, 404, 403, {"dung minh": 200})},
    "office:directive": {"GET": row(302, 404, 404)},
    "office:act_on_directive": {"GET": row(302, 404, 405), "POST": row(302, 404, 404)},
    "office:agencies": {"GET": row(302, 404, 403, {"quang": 200})},
    "office:agency": {"GET": row(302, 404, 403, {"quang": 200})},
    "office:people": {"GET": row(302, 404, 403, {"quang": 200})},
    "office:agency_calendar": {"GET": row(302, 404, 403, {"quang": 200})},
    "office:calendar": {"GET": row(302, 404, 403, {"quang": 200})},
    "office:reorganise": {"GET": row(302, 404, 403, {"quang": 200})},
    "office:outgoing": {"GET": row(302, 404, 403, {"quang": 200})},
    "office:end_everyday_word": {"POST": row(302, 404, 403, {"nga": 404})},
    "office:everyday_words": {"GET": row(302, 404, 403, {"nga": 200})},
    "office:second_factors": {"GET": row(302, 404, 403, {"quang": 200})},
    "office:withdraw_day": {"GET": row(302, 404, 403, {"quang": 200})},
    "office:chain": {"GET": row(302, 404, 403, {"son": 200})},
    "office:dossier": {"GET": row(302, 404, 200, {"giang": 404, "nga quang": 403})},
    "office:file": {"GET": row(302, 404, 200, {"giang": 404, "nga quang": 403})},
    "office:file_text": {"GET": row(302, 404, 404, {"nga quang": 403})},
    "office:draft": {"GET": row(302, 404, 409, {"giang": 404, "nga quang": 403})},
    "office:act": {"GET": row(302, 404, 409, {"chau": 200, "giang": 404, "nga quang": 403})},
    "office:doubtful": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 200})},
    "office:doubtful_checked": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 405})},
    "office:doubtful_picture": {"GET": row(302, 404, 403, {"binh chau giang hanh phuc": 404})},
    "office:sealing": {"GET": row(302, 404, 403, {"khanh": 200})},
    "office:sealing_file": {"GET": row(302, 404, 403, {"khanh": 404})},
    "opendata:board": {"GET": same(200)},
    "opendata:board_csv": {"GET": same(200)},
    "opendata:index": {"GET": same(200)},
    "opendata:indicators": {"GET": same(200)},
    "opendata:services": {"GET": same(200)},
    "opendata:services_csv": {"GET": same(200)},
    "opendata:priorities": {"GET": same(200)},
    "opendata:explain": {"GET": same(404)},
    "opendata:inputs_csv": {"GET": same(404)},
    "opendata:unit": {"GET": same(404)},
    "api:openapi-json": {"GET": same(200)},
    "api:submit": {"POST": row(401, 422, 422)},
    "api:inbox": {"GET": row(401, 200, 200)},
    "api:mine": {"GET": row(401, 200, 200)},
    "api:of_party": {"GET": row(401, 200, 200)},
    "api:one": {"GET": row(401, 404, 200, {"hoa": 200, "giang nga quang": 404})},
    "api:reckoning": {"GET": row(401, 404, 200, {"hoa": 200, "giang nga quang": 404})},
    "api:track": {"GET": same(200)},
    "api:find": {"GET": same(200)},
    "api:procedure": {"GET": same(200)},
    "api:begin": {"POST": row(401, 422, 422)},
    "api:append": {"PATCH": row(401, 404, 404, {"hoa": 200})},
    "api:finish": {"POST": row(401, 404, 404, {"hoa": 409})},
    "api:content": {"GET": row(401, 404, 404, {"hoa": 200})},
    "api:api-root": {"GET": same(404)},
    "portal:home": {"GET": same(200)},
    "portal:search": {"GET": same(200)},
    "portal:fields": {"GET": same(200)},
    "portal:field": {"GET": same(200)},
    "portal:life_event": {"GET": same(200)},
    "portal:procedure": {"GET": same(200)},
    "portal:begin": {"POST": row(302, 302, 403)},
    "portal:tasks": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:place": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:people": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:form": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:autosave": {"POST": row(302, 404, 403, {"hoa": 200})},
    "portal:review": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:discard": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:papers": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:draft_upload": {"POST": row(302, 404, 403, {"hoa": 400})},
    "portal:draft_file": {"GET": row(302, 404, 403)},
    "portal:upload": {"POST": row(302, 400, 403)},
    "portal:upload_piece": {"POST": row(302, 400, 403)},
    "portal:upload_finish": {"POST": row(302, 404, 403, {"hoa": 409})},
    "portal:dossiers": {"GET": row(302, 200, 403)},
    "portal:dossier": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:sent": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:supplement": {"GET": row(302, 404, 403, {"hoa": 409})},
    "portal:withdraw": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:file": {"GET": row(302, 404, 403, {"hoa": 200})},
    "portal:file_text": {"GET": row(302, 404, 403)},
    "portal:own_papers": {"GET": row(302, 200, 403)},
    "portal:ways": {"GET": row(302, 200, 403)},
    "portal:own_paper_file": {"GET": row(302, 404, 403)},
    "portal:track": {"GET": same(200)},
    # Acts that change the dossier or the session come last.
    "api:move": {"POST": row(401, 404, 403, {"hoa": 403, "binh dung hanh": 200, "giang nga quang": 404})},
    "login:log_out": {"GET": same(405), "POST": same(302)},
}
