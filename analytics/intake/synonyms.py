"""Names and words that companies use for what the contract calls otherwise: data for the suggestions."""

from typing import Final

NAMES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "contacts": {
        "contact_id": ("contact id", "interaction id", "case id", "case number", "ticket", "ticket id",
                       "incident number", "number", "conversation id", "case enquiry id", "call id"),
        "started_at": ("started at", "start time", "created at", "opened at", "open date", "open dt", "call start",
                       "date", "timestamp", "contact date", "date time", "arrived at"),
        "closed_at": ("closed at", "closed date", "closed dt", "resolved at", "end time", "ended at", "completed at"),
        "channel": ("channel", "source", "contact type", "medium", "contact channel", "media type", "origin"),
        "reason": ("reason", "contact reason", "type", "category", "topic", "issue type", "case type", "request type",
                   "intent", "call driver", "wrap code"),
        "product": ("product", "product line", "service", "subject", "product name"),
        "segment": ("segment", "customer segment", "customer type", "tier", "customer group"),
        "customer_id": ("customer id", "customer", "client id", "account id", "account number", "caller id", "user id",
                        "requester", "member id", "contact email"),
        "session_id": ("session id", "web session"),
        "handle_seconds": ("handle seconds", "handle time", "aht", "talk time", "ser time", "service time",
                           "handling time", "call duration", "duration", "handle minutes"),
        "wait_seconds": ("wait seconds", "wait time", "waiting time", "queue time", "q time", "time in queue"),
        "abandoned": ("abandoned", "is abandoned", "abandon flag", "outcome", "hung up"),
        "resolved": ("resolved", "is resolved", "solved", "status", "case status", "incident state",
                     "first contact resolution", "fcr", "resolution status"),
        "transfers": ("transfers", "transfer count", "reassignment count", "number of transfers", "escalations"),
        "is_transfer_leg": ("is transfer leg", "transfer leg"),
        "repeated_information": ("repeated information", "had to repeat"),
        "planned_follow_up": ("planned follow up", "scheduled callback", "follow up"),
        "cause": ("cause", "root cause", "cause code"),
        "team": ("team", "group", "assignment group", "queue", "department", "skill group"),
        "agent_id": ("agent id", "agent", "assigned to", "handled by", "server", "advisor", "representative", "owner"),
        "policy": ("policy", "approval rule"),
        "authorisation_wait_seconds": ("authorisation wait", "approval wait", "approval time"),
        "amount": ("amount", "refund amount", "value"),
        "guided": ("guided", "guidance used"),
        "initiated_by": ("initiated by", "direction"),
        "cost": ("cost", "contact cost", "cost per contact"),
        "text": ("text", "description", "summary", "comment", "note", "case title", "message"),
    },
    "surveys": {
        "contact_id": ("contact id", "case id", "ticket id", "interaction id"),
        "customer_id": ("customer id", "respondent id", "respnum", "client id", "user id"),
        "answered_at": ("answered at", "response date", "survey date", "completed at", "submitted at", "date"),
        "effort": ("effort", "ces", "customer effort score", "ease", "how easy"),
        "csat": ("csat", "satisfaction", "overall satisfaction", "customer satisfaction"),
        "nps": ("nps", "net promoter", "netpro", "likelihood to recommend", "recommend"),
        "repeated_information": ("repeated information",),
        "channel_preference": ("channel preference", "preferred channel"),
        "problem": ("problem", "any problem", "had a problem"),
        "problem_reason": ("problem reason", "problem type"),
    },
    "customers": {
        "customer_id": ("customer id", "customer", "client id", "account id", "user id", "member id"),
        "segment": ("segment", "customer segment", "customer type", "tier", "tariff plan"),
        "joined_at": ("joined at", "join date", "customer since", "signup date", "start date"),
        "acquisition_channel": ("acquisition channel", "acquired by", "sales channel"),
        "margin_per_year": ("margin per year", "margin", "customer value", "contribution"),
        "spend": ("spend", "revenue", "annual spend", "charge amount"),
        "renewal_at": ("renewal at", "renewal date", "contract end"),
        "left_at": ("left at", "churn date", "cancelled at", "leave date"),
    },
    "active_customers": {
        "month": ("month", "period"), "segment": ("segment",), "product": ("product",),
        "count": ("count", "customers", "active customers"),
    },
    "self_service": {
        "session_id": ("session id", "session"), "customer_id": ("customer id", "user id"),
        "started_at": ("started at", "session start", "timestamp"), "surface": ("surface", "site", "app"),
        "reason": ("reason", "intent", "topic"), "outcome": ("outcome", "result"),
    },
    "outreach": {
        "sent_at": ("sent at", "send date"), "customer_id": ("customer id", "recipient"),
        "kind": ("kind", "campaign type"),
        "template": ("template", "campaign"), "reason": ("reason",), "holdout": ("holdout", "control group"),
        "opted_out": ("opted out", "unsubscribed"),
    },
    "agents": {
        "agent_id": ("agent id", "agent", "employee id"), "team": ("team", "group"), "role": ("role", "position"),
        "skills": ("skills",), "started_at": ("started at", "hire date"), "left_at": ("left at", "end date"),
        "cost": ("cost", "salary"),
    },
    "policies": {
        "policy": ("policy", "rule"), "owner": ("owner",), "last_review": ("last review", "reviewed at"),
        "approval_limit": ("approval limit", "limit"), "loss_probability": ("loss probability",),
    },
    "events": {
        "at": ("at", "date", "event date"), "until": ("until", "end date"), "kind": ("kind", "event type"),
        "name": ("name", "event", "title"), "product": ("product",),
    },
    "reasons": {
        "reason": ("reason",), "label": ("label",), "group": ("group", "family"), "sensitive": ("sensitive",),
        "class": ("class",), "owner": ("owner",),
    },
    "budget": {"month": ("month", "period"), "line": ("line", "budget line"), "amount": ("amount", "budget")},
}  # fmt: skip

CHANNEL_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "phone": ("phone", "call", "telephone", "voice", "inbound call", "constituent call", "hotline"),
    "chat": ("chat", "live chat", "webchat", "chat session"),
    "email": ("email", "e-mail", "mail message"),
    "messaging": ("messaging", "whatsapp", "sms", "messenger", "text message"),
    "social": ("social", "twitter", "facebook", "instagram", "social media"),
    "store": ("store", "branch", "walk in", "in person", "counter"),
    "webform": ("webform", "web form", "contact form", "form"),
    "portal": ("portal", "self service", "web", "online", "website"),
    "app": ("app", "mobile app", "citizens connect app", "mobile"),
    "bot": ("bot", "chatbot", "virtual assistant"),
    "ivr": ("ivr", "voice menu", "vru"),
    "community": ("community", "forum"),
    "mail": ("mail", "letter", "post", "fax"),
    "callback": ("callback", "call back"),
}
"""Words for a channel in the wild, by our word."""

FLAG_WORDS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "resolved": (
        ("closed", "resolved", "solved", "completed", "complete", "done", "fixed"),
        ("open", "new", "active", "pending", "unresolved", "in progress", "on hold", "awaiting", "reopened"),
    ),
    "abandoned": (
        ("hang", "hang up", "abandoned", "abandon", "lost", "gave up"),
        ("agent", "answered", "handled", "served", "completed"),
    ),
}
"""Words that mean yes and no for one flag only."""

MISSING_WORDS: Final = ("?", "-", "--", "unknown", "none", "(blank)", "blank", "not available", "no_server")
"""Words that often stand for “no value” and are suggested as such."""
