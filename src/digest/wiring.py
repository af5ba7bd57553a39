"""The only file that names concrete backends: which one stands behind each port."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pydantic import SecretStr

from digest.backends.chats import AppriseChat, ShutChat
from digest.backends.couriers import SmtpCourier
from digest.backends.detectors import LangdetectDetector
from digest.backends.encoders import SentenceEncoder
from digest.backends.extractors import ArticleExtractor
from digest.backends.glossaries import read_glossary
from digest.backends.http import FolderFetcher, HttpFetcher
from digest.backends.imap import MailFolders
from digest.backends.imap_watch import MailWatcher
from digest.backends.installed import installed_packages
from digest.backends.installer import PackageInstaller
from digest.backends.mailers import SmtpMailer
from digest.backends.notifiers import AppriseNotifier
from digest.backends.openai_compatible import ChatWriter
from digest.backends.package_rows import Done, Row
from digest.backends.packages import PackageManager, Telling
from digest.backends.sandbox import (
    Sandbox,
    SandboxedBounces,
    SandboxedExtractor,
    SandboxedFeeds,
    SandboxedReader,
    SandboxedSitemaps,
)
from digest.backends.smtp import SmtpServer
from digest.backends.starters import find_starters
from digest.backends.translators import RememberingTranslator, make_translator
from digest.config import Settings
from digest.config_delivery import with_variables
from digest.errors import ConfigError
from digest.knowing import load_ours, make_knowledge
from digest.opening import StoreMemory, make_clock, make_store
from digest.ports import (
    Chat,
    Courier,
    Detector,
    EntryReader,
    Fetcher,
    Installer,
    Mailer,
    Notifier,
    Watcher,
    Writer,
)
from digest.posting import Postman
from digest.runner import Runner
from digest.sources import load_sources
from digest.stages.protect import make_glossary
from digest.stages.recent import RememberingEncoder
from digest.stages.taxonomy import load_knowledge
from digest.steps import Tools
from digest.store import Store

__all__ = ["Done", "PackageManager", "Row"]  # for the commands, which name no backend


def make_fetcher(settings: Settings) -> Fetcher:
    """Return what gets pages: the network, or the settings' mirror folder instead of it."""
    if settings.fetch.mirror:
        return FolderFetcher(settings.path(settings.fetch.mirror), settings.fetch)
    return HttpFetcher(settings.fetch)


def make_watcher(settings: Settings, say: Callable[[str], None]) -> Watcher:
    """Return what waits at mail folders; `say` is told of cuts and new tries."""
    return MailWatcher(MailFolders(settings.imap), say=say)


def make_sandbox(settings: Settings) -> Sandbox:
    """Return the child processes in which feeds, mails and PDFs are read, started when needed."""
    return Sandbox(seconds=settings.fetch.parse_timeout, memory=settings.fetch.parse_memory)


def make_extractor(settings: Settings, sandbox: Sandbox | None = None) -> ArticleExtractor:
    """Return what finds the article in a page or PDF."""
    children = sandbox or make_sandbox(settings)
    return ArticleExtractor(
        SandboxedExtractor("pdf", children), SandboxedExtractor("page", children)
    )


def make_readers(sandbox: Sandbox) -> Mapping[str, EntryReader]:
    """Return the reader of each kind of source."""
    return {
        "feed": SandboxedFeeds(sandbox),
        "page": SandboxedReader("list", sandbox),
        "sitemap": SandboxedSitemaps(sandbox),
        "newsletter": SandboxedReader("newsletter", sandbox),
        "report": SandboxedReader("report", sandbox),
        "mailed report": SandboxedReader("mailed report", sandbox),
    }


def make_tools(settings: Settings, store: Store | None = None) -> Tools:
    """Return every port with the backend that the settings ask for; models load at first use.

    Without a store, as in `digest stage`, pages and translations are not kept.
    """
    translator = _translator(settings, store)
    sandbox = make_sandbox(settings)
    return Tools(
        fetcher=make_fetcher(settings),
        readers=make_readers(sandbox),
        mailbox=make_mailbox(settings),
        keep=store.pages.keep if store else _keep_nothing,
        body=store.pages.read if store else _read_nothing,
        extractor=make_extractor(settings, sandbox),
        detector=make_detector(),
        encoder=make_encoder(settings),
        second=make_second(settings),
        translator=translator,
        knowledge=make_knowledge(settings),
        glossary=make_glossary(
            (vendor.names for vendor in load_knowledge().vendors), _terms(settings)
        ),
        ours=load_ours(settings),
        installer=_installer(settings, translator),
        writer=make_writer(settings),
    )


def _translator(settings: Settings, store: Store | None) -> RememberingTranslator:
    models = settings.models.translator_folder
    return make_translator(
        settings.models.translator,
        folder=_packages(settings),
        fast=settings.models.fast,
        models=settings.path(models) if models else None,
        url=settings.models.translator_url,
        key=settings.models.translator_key.get_secret_value(),
        memory=StoreMemory(store) if store else None,
    )


def _installer(settings: Settings, translator: RememberingTranslator) -> Installer | None:
    models = settings.models
    starters = find_starters() if models.starters else None
    if models.translator != "argos" or not (models.auto_install or starters):
        return None
    manager = PackageManager(
        _packages(settings), starters=starters, offline=not models.auto_install
    )
    return PackageInstaller(manager, refresh=translator.refresh)


def make_detector() -> Detector:
    """Return what tells languages; it loads what it knows at first use."""
    return LangdetectDetector()


def make_encoder(settings: Settings) -> SentenceEncoder:
    """Return the encoder; it loads its model at first use."""
    name = settings.models.encoder
    folder = settings.path(Path(name))
    return SentenceEncoder(str(folder) if folder.is_dir() else name)


def known_encoder(settings: Settings) -> SentenceEncoder:
    """Return the encoder as `make_encoder` does, the same one for each call: it keeps its model."""
    name = settings.models.encoder
    folder = settings.path(Path(name))
    return _encoder(str(folder) if folder.is_dir() else name)


@cache
def _encoder(name: str) -> SentenceEncoder:
    return SentenceEncoder(name)


def make_second(settings: Settings) -> RememberingEncoder | None:
    """Return the model that gives a second opinion on stories, None where none is wanted."""
    name = settings.models.second
    return RememberingEncoder(SentenceEncoder(name)) if name else None


def make_writer(settings: Settings) -> Writer | None:
    """Return the language model that drafts texts, None where none is wanted."""
    writer = settings.writer
    if not writer.engine:
        return None
    if not (writer.url and writer.model):
        raise ConfigError(
            'writer.engine needs writer.url and writer.model, such as "http://localhost:11434"'
        )
    key = writer.key.get_secret_value()
    return ChatWriter(writer.url, writer.model, key=key, timeout=writer.timeout)


def installed_pairs(settings: Settings) -> list[str]:
    """Return the installed translation packages ("de → en"), in order."""
    return sorted(package.pair for package in installed_packages(_packages(settings)))


def make_packages(settings: Settings, telling: Telling) -> PackageManager:
    """Return what installs and removes translation packages."""
    return PackageManager(_packages(settings), telling=telling, starters=find_starters())


def make_mailer(settings: Settings) -> Mailer:
    """Return what sends mail through the settings' server."""
    return SmtpMailer(_mail_server(settings))


def make_courier(settings: Settings) -> Courier | None:
    """Return what hands editions to the settings' mail server, None where there is none."""
    return SmtpCourier(_mail_server(settings)) if settings.delivery.smtp.host else None


def _mail_server(settings: Settings) -> SmtpServer:
    smtp = settings.delivery.smtp
    return SmtpServer(
        smtp.host,
        port=smtp.port,
        security=smtp.security,
        user=smtp.user,
        password=smtp.password.get_secret_value(),
        timeout=smtp.timeout,
    )


def make_chats(settings: Settings) -> Mapping[str, Chat]:
    """Return the chats and webhooks of the settings by their names; a broken one stops no other."""
    return {each.name: _chat(each.name, each.url) for each in settings.delivery.channels}


def _chat(name: str, url: SecretStr) -> Chat:
    try:
        return AppriseChat(name, with_variables(name, url.get_secret_value()))
    except ConfigError as error:
        return ShutChat(str(error))


def make_postman(settings: Settings, store: Store) -> Postman:
    """Return what sends published editions by mail and to chats."""
    return Postman(
        store,
        settings,
        courier=make_courier(settings),
        chats=make_chats(settings),
        clock=lambda: datetime.now(UTC),
    )


def make_return_reader(settings: Settings) -> SandboxedBounces:
    """Return what reads bounces and complaints, in a child process."""
    return SandboxedBounces(make_sandbox(settings))


def make_mailbox(settings: Settings) -> MailFolders:
    """Return what lists the mails of files and of IMAP folders."""
    return MailFolders(settings.imap)


def make_notifier(settings: Settings) -> Notifier | None:
    """Return what tells of trouble by webhook or chat, None where no address is set."""
    urls = [url.get_secret_value() for url in settings.delivery.alert_urls]
    return AppriseNotifier(urls) if urls else None


def make_runner(settings: Settings) -> Runner:
    """Return a runner over the settings' store, sources and backends."""
    store = make_store(settings)
    file = settings.path(settings.sources)
    return Runner(
        store=store,
        settings=settings,
        tools=make_tools(settings, store),
        clock=make_clock(settings),
        sources=load_sources(file) if file.exists() else (),
    )


def _terms(settings: Settings) -> Mapping[str, Mapping[str, str]]:
    file = settings.languages.glossary
    return read_glossary(settings.path(file) if file else None)


def _packages(settings: Settings) -> Path | None:
    folder = settings.models.packages
    return settings.path(folder) if folder else None


def _keep_nothing(_body: bytes) -> str:
    raise RuntimeError("there is no store here to keep a page")


def _read_nothing(_sha256: str) -> bytes:
    raise RuntimeError("there is no store here to read a page from")
