"""What a vendor's documentation says that artificial intelligence does."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.records import Claim
from digest.stages.genre import find_genre
from digest.stages.passages import passages_of

from .news import make_article, read

STEPS = (
    " Open the page and click Save. You can change the name later. Select Done to close the window."
    " Check your campaign before you send it."
)

#: A page's title and the sentence that claims something of it.
CLAIMED = [
    ("Draft a mail", "The assistant drafts three subject lines from the body of your mail."),
    (
        "Send times",
        "Send-time prediction uses machine learning to choose an hour for each contact.",
    ),
    ("Hollo", "Hollo is an AI assistant that answers questions about your campaigns."),
    (
        "Insights",
        "Insights are generated using large language models and summarized in plain English.",
    ),
    (
        "Work with AI Assistant",
        "Select a section, describe your idea, and let AI Assistant write a draft.",
    ),
    ("Journeys", "You can ask AI Assistant to explain why a journey stopped."),
    ("Smart tags", "When you upload an image, the tagging service recognizes what it shows."),
    ("Audience Agent", "Audience Agent builds and sizes audiences for you."),
    ("Lifetime value", "The model uses past orders to predict the value of each customer."),
    ("Calls", "It transcribes calls with Whisper Large v3."),
    ("Ranking", "AI models rank offers for each profile."),
    ("Image variations", "Generative AI in the editor lets you make variations of an image."),
]

#: What tells of rights, costs, limits, topics and people claims nothing.
SILENT = [
    ("AI Assistant", "You can use AI Assistant only if your administrator grants you access."),
    ("AI Assistant", "The AI Assistant icon appears in the top bar."),
    ("AI Assistant", "AI Assistant is available in Canada and Japan."),
    ("AI credits", "AI credits are used up by features that call a language model."),
    ("Guidelines", "AI-generated content must be reviewed before publication."),
    ("Journeys", "Override AI suggestions with conditions of your own."),
    ("Dashboards", "AI summaries are empty for dashboards with more than 40 charts."),
    ("Traffic", "The report shows how often AI agents visit your site."),
    ("Exports", "Data teams use the files to train their own machine learning models."),
    ("Inbox", "Each support agent writes replies in the inbox."),
    ("Setup", "The setup assistant guides you through four steps."),
    ("Attribution", "Attribution models decide how credit is shared."),
    ("Limits", "Acme limits the number of algorithmic models that you can create."),
    ("Reach", "Sometimes, the algorithm finds more users than before."),
    ("Data use", "Your data is not used to train language models."),
]

#: Likewise in other languages: a page's title, what claims, and what doesn't.
ELSEWHERE = [
    ("de", "Betreffzeilen", "Der Schreibassistent schlägt Ihnen fünf Betreffzeilen vor.", "Die KI-Einstellungen ändert der Administrator."),
    ("fr", "Fiches produit", "L'assistant rédige une description à partir des photos du produit.", "Les crédits d'IA expirent à la fin du mois."),
    ("es", "Bajas", "La predicción usa aprendizaje automático para calcular qué contactos se darán de baja.", "Las funciones de IA cuestan tres créditos."),
    ("it", "Immagini", "Il generatore crea immagini a partire da una descrizione.", "I crediti dell'IA scadono ogni mese."),
    ("pt", "Respostas", "O assistente usa IA para responder às perguntas dos clientes.", "Os créditos de IA expiram no fim do mês."),
    ("nl", "Churnscore", "Een zelflerend model berekent de score elke nacht uit bestellingen.", "Het AI-tegoed vervalt elke maand."),
    ("ja", "件名アシスタント", "件名アシスタントは、AIが件名の候補を作成します。", "AIの利用には管理者の権限が必要です。"),
    ("zh-Hans", "智能选品", "智能选品利用机器学习模型为每个访客挑选商品。", "AI额度每月清零，需要管理员购买。"),
    ("zh-Hant", "自動回覆助理", "自動回覆助理會以生成式 AI 回覆顧客的常見問題。", "AI 額度每月清零，需要管理員購買。"),
]  # fmt: skip


def claims_of(text: str, title: str, language: str = "en") -> tuple[Claim, ...]:
    """Return the claims of a page of a vendor's."""
    return read(text, language, title=title, publisher="Acme CRM", voice="vendor").claims


@pytest.mark.parametrize(("title", "sentence"), CLAIMED)
def test_what_ai_does_is_a_claim(title: str, sentence: str) -> None:
    """One claim, quoted to the letter, whether it is told or instructed."""
    (claim,) = claims_of(sentence + STEPS, title)
    assert claim.quote.text == sentence
    assert claim.vendor == "Acme CRM"


@pytest.mark.parametrize(("title", "sentence"), SILENT)
def test_what_comes_with_ai_is_none(title: str, sentence: str) -> None:
    """Rights, costs, limits, faults, the AI of others and people called agents."""
    assert claims_of(sentence + STEPS, title) == ()


@pytest.mark.parametrize(("language", "title", "sentence", "other"), ELSEWHERE)
def test_other_languages_say_it_too(language: str, title: str, sentence: str, other: str) -> None:
    """Each with what claims and what doesn't."""
    space = "" if language in ("ja", "zh-Hans", "zh-Hant") else " "
    text = f"{sentence}{space}{other}"
    assert [one.quote.text for one in claims_of(text, title, language)] == [sentence]
    assert claims_of(other, title, language) == ()


def test_a_page_claims_once_its_weightiest_sentence() -> None:
    """The sentence with the data stands; those around it are evidence, not further claims."""
    text = (
        "Review highlights are made by AI.\n\n"
        "The AI reads the reviews of the past year and summarizes them in two sentences.\n\n"
        "Hide highlights\n\nOpen the product and clear the box.\n\nClick Save."
    )
    (claim,) = claims_of(text, "Review highlights")
    assert claim.product == "Review highlights"
    assert claim.quote.text.startswith("The AI reads the reviews")
    assert [(proof.kind, proof.quote) for proof in claim.proofs] == [("data", claim.quote)]


def test_each_agent_of_a_page_makes_a_claim() -> None:
    """Under its own heading; the sentence there need not name it."""
    text = (
        "Agents take over tasks for your marketing team.\n\n"
        "Audience Agent\n\nCreates and sizes audiences from a goal.\n\n"
        "Journey Agent\n\nDesigns journeys and proposes fixes.\n\n"
        "Permissions\n\nYou need the role Editor.\n\nAsk your administrator."
    )
    claims = claims_of(text, "Acme agents")
    assert [one.product for one in claims] == ["Audience Agent", "Journey Agent"]


def test_release_notes_claim_by_heading_and_pass_fixes_over() -> None:
    """A feature's name is its heading's or its label's; fixes of an AI feature are none."""
    text = (
        "New features\n\nReply drafts\n\nDrafts are written by a language model from your macros.\n\n"
        "Translation (beta): translates product texts with a neural model.\n\n"
        "Fixed issues\n\nThe AI assistant writes accents again."
    )
    claims = claims_of(text, "Acme CRM 4.2 release notes")
    assert [one.product for one in claims] == ["Reply drafts", "Translation"]


NEW_PART = "New features\n\nThe AI assistant drafts a reply to each mail.\n\n"
FIXED_PART = "Fixed issues\n\nThe AI assistant writes accents again.\n\n"


@pytest.mark.parametrize(
    "title",
    [
        "Acme CRM 4.2 release notes",
        "Acme CRM 4.2 release notes: new features",
        "Acme CRM 4.2 release notes: new features and fixed issues",
    ],
)
@pytest.mark.parametrize("text", [NEW_PART + FIXED_PART, FIXED_PART + NEW_PART])
@pytest.mark.parametrize("head", ["", "{}\n\n", "Release notes\n\n"])
def test_parts_of_notes_begin_though_the_title_names_them(title: str, text: str, head: str) -> None:
    """What is new is claimed and what is mended is not, in either order, under the title or not."""
    claims = claims_of(head.format(title) + text, title)
    assert [one.quote.text for one in claims] == ["The AI assistant drafts a reply to each mail."]


@pytest.mark.parametrize("head", ["Acme API release notes", "Release notes", "Acme API"])
def test_the_title_above_notes_begins_no_part(head: str) -> None:
    """Though "release notes" in another heading are links to those of other things."""
    text = f"{head}\n\nReply drafts\n\nDrafts are written by a language model from your macros."
    assert [one.product for one in claims_of(text, "Acme API release notes")] == ["Reply drafts"]


def test_a_heading_that_is_letters_of_the_title_is_a_heading() -> None:
    """Of "Smart tags" the word is "Smart", not "Art"; a heading of whole words is the page's."""
    text = "{}\n\nDrafts a picture for each mail with a language model."
    headings = {}
    for heading in ("Art", "Tags"):
        page = make_article(text.format(heading) + STEPS, title="Smart tags", voice="vendor")
        headings[heading] = {one.heading for one in passages_of(page, find_genre(page, "en"))}
    assert headings == {"Art": {"Art"}, "Tags": {""}}


def test_evidence_in_documentation_needs_no_number() -> None:
    """What data a model works on is evidence there; a model's name and a measured result, too."""
    text = (
        "Content ideas is an AI feature that writes key messages from your past campaigns. "
        "It runs on GPT-4o. In a test with 40 marketers, effort fell by 30 percent."
    )
    (claim,) = claims_of(text + STEPS, "FAQ for content ideas")
    assert {proof.kind for proof in claim.proofs} == {"data", "model", "result"}
