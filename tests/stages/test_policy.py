"""Kinds of policy and risk, and where they hold, in each language that has data for them."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.stages.authorities import is_authority, is_vendor
from digest.stages.concerns import is_incident
from digest.stages.taxonomy import load_knowledge

from .news import make_article, read

CASES = [
    ("en", "The European Commission has fined Acme under the Digital Services Act for advertising to minors. The fine is the first under the EU law.", "EU", "regulation"),
    ("en", "California's privacy agency adopts new opt-out rules for personal data under the CCPA. Data brokers must delete personal data within 45 days.", "US-CA", "privacy"),
    ("en", "The FTC has sued Acme over hidden advertising. The Federal Trade Commission says the law requires disclosure.", "US", "regulation"),
    ("en", "Authors have sued Acme in a federal court in the United States, alleging that its AI infringed their copyright.", "US", "copyright"),
    ("en", "Algorithmic bias: the UK's Information Commissioner's Office finds that an AI tool for advertising discriminates. The ICO asked for bias audits.", "UK", "bias"),
    ("de", "Das Bundeskartellamt hat ein Verfahren gegen die Werbebörse eröffnet. Die Behörde prüft einen Verstoß gegen ein Gesetz in Deutschland.", "DE", "regulation"),
    ("de", "Ein Datenleck beim Newsletter-Dienst: Nach einem Cyberangriff sind Daten von Kunden in Deutschland abgeflossen, meldet die deutsche Aufsichtsbehörde.", "DE", "security"),
    ("en", "California's privacy agency opens rulemaking on advertising. The California Privacy Protection Agency voted for formal rulemaking; the European Commission works on guidance under the AI Act.", "US-CA", "privacy"),
    ("de", "Die Hamburger Datenschutzbehörde hat gegen einen Anbieter ein Bußgeld verhängt, weil die Einwilligung fehlte.", "DE", "privacy"),
    ("fr", "La CNIL inflige une amende de 3 millions d'euros à Acme pour non-respect du consentement. En France, le RGPD impose l'accord.", "FR", "privacy"),
    ("es", "La AEPD impone una multa a Acme por tratar datos personales sin consentimiento en España.", "ES", "privacy"),
    ("it", "Il Garante ha multato Acme: dati personali trattati senza consenso in Italia, sanzione di 2 milioni.", "IT", "privacy"),
    ("ja", "個人情報保護委員会は個人情報の漏えいで広告会社に行政処分を出した。プライバシーの同意が問題になった。", "JP", "privacy"),
    ("zh-Hans", "国家网信办发布管理办法，规定人工智能生成的广告必须标识。监管部门将处罚违规平台，网信办表示。", "CN", "regulation"),
    ("zh-Hant", "公平會依法規對電商平台開出罰鍰，主管機關表示廣告不實。公平會的裁罰是今年最高。", "TW", "regulation"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "place", "risk"), CASES)
def test_policy_has_its_place_and_its_kind(language: str, text: str, place: str, risk: str) -> None:
    """An article of policy says where it holds and what kind of risk it is about."""
    found = read(text, language)
    assert found.policy
    assert (place in found.jurisdictions, risk in found.risks) == (True, True), found


def test_a_place_has_no_plans() -> None:
    """A draft of California's agency is no vendor's plan, though text and title repeat its name."""
    text = (
        "California's agency voted to start rulemaking on targeted advertising. "
        "California will publish a second draft by 15 January 2027."
    )
    assert read(text, title="California opens rulemaking on advertising").plans == ()


def test_a_law_of_a_state_is_not_told_twice() -> None:
    """California's rules are those of a state, not of the whole country."""
    assert "US" not in read(CASES[1][1]).jurisdictions


def test_what_is_no_policy_has_neither() -> None:
    """A launch in Germany is no matter of German policy."""
    found = read("Acme today launched Nova, a CRM for German retailers.")
    assert (found.policy, found.jurisdictions, found.risks) == (False, (), ())


def test_a_country_in_passing_has_no_say() -> None:
    """Where law and place stand apart, nothing is said of the place."""
    law = (
        "The privacy authority has fined Acme over consent, as GDPR allows. A regulator may follow."
    )
    passing = "Acme sells its CRM in Germany and in Japan. Germany is its home, Japan its hope."
    found = read(f"{law} {passing}")
    assert (found.policy, found.jurisdictions) == (True, ("EU",))
    named = read(f"{law} {passing} The German regulator and a German court in Germany agree.")
    assert named.jurisdictions == ("DE", "EU")


@pytest.mark.parametrize(("language", "text", "place", "risk"), CASES)
def test_a_jurisdiction_rests_on_a_sentence(
    language: str, text: str, place: str, risk: str
) -> None:
    """The sentence that names it with its law, authority or court, verbatim."""
    found = read(text, language)
    quote = found.grounds[found.jurisdictions.index(place)]
    assert len(found.grounds) == len(found.jurisdictions)
    assert quote is not None
    assert quote.text == text[quote.start : quote.end]


NAMED = [
    ("en", "City audit finds that an ad model discriminated against women", "An audit of New York City's consumer protection department found that the model of Acme discriminated against women. The city's bias audit law requires it.", "US-NY", "bias"),
    ("en", "Acme algorithm sent job mails to men, audit says", "An audit found that Acme's algorithm discriminated against women. The bias was reported to a civil rights agency.", "", "bias"),
    ("de", "Algorithmus zeigt Stellenanzeigen vor allem Männern", "Die Antidiskriminierungsstelle des Bundes wirft einer Plattform vor, Frauen zu benachteiligen. Die Stelle fordert eine Prüfung auf Verzerrungen.", "DE", "bias"),
    ("de", "Bußgeld wegen Cookie-Banner", "Der Hamburgische Beauftragte für Datenschutz hat gegen einen Händler ein Bußgeld verhängt. Das Banner habe keine Einwilligung nach der DSGVO eingeholt.", "DE", "privacy"),
    ("es", "Una agencia detecta sesgo en los algoritmos", "La Agencia Española de Supervisión de Inteligencia Artificial ha detectado sesgo de género en la publicidad. Exige corregir la discriminación.", "ES", "bias"),
    ("es", "Brecha de seguridad en Acme deja expuestos los datos de clientes", "La plataforma de CRM Acme ha sufrido una brecha de seguridad. La empresa avisó a la Agencia Española de Protección de Datos.", "ES", "security"),
    ("ja", "AI広告配信に性別バイアス、研究者が指摘", "研究者らは、広告配信アルゴリズムに性別による偏りがあると指摘した。女性への差別につながる恐れがある。", "", "bias"),
    ("nl", "Google past zoekbeleid aan", "Google heeft zijn spambeleid aangescherpt. Sites met massa's teksten kunnen een handmatige maatregel krijgen en uit de zoekresultaten verdwijnen.", "", "search-engine policy"),
    ("fr", "Bruxelles enquête sur la politique anti-spam de Google", "La Commission européenne a ouvert une enquête sur la politique de Google qui rétrograde des éditeurs dans les résultats de recherche.", "EU", "search-engine policy"),
    ("zh-Hans", "百度更新搜索算法打击低质内容", "百度宣布更新搜索算法。违规网站将被降低排名或从搜索结果中移除。", "", "search-engine policy"),
    ("zh-Hant", "百度更新搜尋演算法", "百度宣布更新搜尋演算法。違規網站將被降低排名或從搜尋結果中移除。", "", "search-engine policy"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "place", "risk"), NAMED)
def test_bias_search_rules_and_breaches_are_policy(
    language: str, title: str, text: str, place: str, risk: str
) -> None:
    """The clearest kind is what it is about, the clearest place whose authority acts."""
    found = read(text, language, title=title)
    assert found.policy
    assert (found.jurisdictions[:1], risk in found.risks) == ((place,) if place else (), True)


PLAIN = [
    ("en", "Acme tells how to avoid bias in surveys", "Ask open questions in your marketing survey. Our bias is towards plain words."),
    ("zh-Hans", "搜索营销入门", "搜索算法会看内容质量。写好标题和描述，营销内容更容易被用户看到。"),
    ("ja", "顧客アンケートの作り方", "回答の偏りを減らすため、マーケティング担当者は質問の順番を変えるとよい。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), PLAIN)
def test_advice_with_such_words_is_no_policy(language: str, title: str, text: str) -> None:
    """A bias in answers and what an algorithm looks at are no matter of law."""
    assert not read(text, language, title=title).policy


HALTS = [
    ("en", "Havnby pauses Nova", "The retailer Havnby has switched off Nova, a CRM, after a wrong mailing."),
    ("de", "Nova abgeschaltet", "Havnby hat Nova, ein CRM, vorerst ausgesetzt."),
    ("fr", "Havnby suspend Nova", "L'enseigne a désactivé Nova, un CRM, après une erreur d'envoi."),
    ("es", "Havnby suspende Nova", "La cadena ha desactivado Nova, un CRM, tras un envío erróneo."),
    ("it", "Havnby sospende Nova", "La catena ha disattivato Nova, un CRM, dopo un invio sbagliato."),
    ("pt", "Havnby suspende Nova", "A rede deixou Nova, um CRM, em pausa."),
    ("nl", "Havnby schakelt uit: Nova uitgeschakeld", "De keten heeft Nova, een CRM, opgeschort."),
    ("ja", "ハウンビー、ノヴァを一時停止", "同社はCRM「ノヴァ」の利用を停止した。"),
    ("zh-Hans", "星云暂停“新星”", "该公司已停用CRM“新星”。"),
    ("zh-Hant", "星雲暫停「新星」", "該公司已停用CRM「新星」。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), HALTS)
def test_a_halt_is_an_incident_without_a_law(language: str, title: str, text: str) -> None:
    """In each language of the encoder; the vendor watch tells of it."""
    found = read(text, language, title=title)
    assert "incident" in found.risks


def test_agents_that_pause_campaigns_are_no_incident() -> None:
    """What a product can pause is not what was paused."""
    assert read("Acme's agents plan and pause campaigns, a CRM says.", title="Nova").risks == ()


#: Language, title, text, every jurisdiction, and a kind that is among those of risk.
PLACED = [
    ('en', 'Brussels fines ad exchange over hidden fees', 'The European Commission has fined the ad exchange Orbitale 40 million euros for hidden fees. The regulator says publishers paid twice.', ['EU'], 'regulation'),
    ('en', 'Hamburg court stops e-mail tracking', 'A court in Hamburg has ruled that a retailer may not track e-mail opens without consent. The ruling rests on privacy law.', ['DE'], 'privacy'),
    ('en', 'Texas sues data broker', "The Texas attorney general has sued a data broker under the state's privacy law. The lawsuit asks for a penalty.", ['US-TX'], 'privacy'),
    ('en', 'New York passes law on algorithmic pricing', 'The governor of New York State has signed a law on algorithmic prices. Shops must disclose when personal data sets a price.', ['US-NY'], 'regulation'),
    ('en', 'Colorado delays its AI law', "Lawmakers in Colorado have delayed the state's AI law until next summer. The law requires bias audits of marketing systems.", ['US-CO'], 'regulation'),
    ('en', 'Illinois court lets biometric case go on', 'An Illinois court has ruled that a lawsuit over face recognition in shop windows may go on under the Biometric Information Privacy Act.', ['US-IL'], 'privacy'),
    ('en', "Brazil's data protection authority fines app", "Brazil's data protection authority has fined a shopping app under the LGPD for sharing personal data with advertisers.", ['BR'], 'privacy'),
    ('en', "Japan's watchdog warns of hidden ads", 'The Japanese regulator has warned retailers about hidden advertising. The Consumer Affairs Agency may fine them under the law.', ['JP'], 'regulation'),
    ('de', 'Landgericht München: Cookie-Banner irreführend', 'Das Landgericht München hat das Cookie-Banner eines Verlags verboten. Die Einwilligung sei erschlichen, urteilte das Gericht.', ['DE'], 'privacy'),
    ('de', 'US-Handelsbehörde klagt gegen Coupon-App', 'Die US-Handelsbehörde FTC hat Klage gegen eine Coupon-App eingereicht. Sie wirft ihr einen Verstoß gegen das Gesetz vor.', ['US'], 'regulation'),
    ('de', 'Generalstaatsanwalt von Texas verklagt Datenhändler', 'Der Generalstaatsanwalt von Texas hat einen Datenhändler wegen Standortdaten verklagt. Er sieht einen Verstoß gegen das Datenschutzgesetz.', ['US-TX'], 'privacy'),
    ('de', 'Britische Wettbewerbsbehörde prüft Suchwerbung', 'Die britische Wettbewerbsbehörde CMA hat eine Untersuchung der Suchwerbung eröffnet. Sie kann Strafen verhängen.', ['UK'], 'regulation'),
    ('de', 'Japans Behörde bestraft Werbenetz', 'Die japanische Wettbewerbsbehörde hat gegen ein Werbenetz eine Strafe verhängt. Die Behörde sieht einen Verstoß gegen das Gesetz.', ['JP'], 'regulation'),
    ('de', 'Sicherheitslücke in Newsletter-Erweiterung', 'Eine Sicherheitslücke in einer Newsletter-Erweiterung lässt Angreifer Listen auslesen. Das BSI warnt vor der Schwachstelle, Hacker nutzen sie bereits.', ['DE'], 'security'),
    ('fr', "Des éditeurs attaquent un générateur d'images", "Douze éditeurs ont saisi le tribunal de Paris pour contrefaçon. Ils accusent la société d'avoir violé le droit d'auteur.", ['FR'], 'copyright'),
    ('fr', 'Bruxelles ouvre une enquête sur les enchères', 'La Commission européenne a ouvert une enquête sur les enchères publicitaires au titre du règlement sur les marchés numériques.', ['EU'], 'regulation'),
    ('fr', "L'autorité britannique encadre les fausses urgences", "L'autorité britannique de la concurrence a sanctionné une boutique pour de faux comptes à rebours. L'amende atteint un million de livres.", ['UK'], 'regulation'),
    ('fr', "L'AEPD condamne un opérateur", "L'AEPD, l'autorité espagnole, a infligé une amende à un opérateur pour défaut de consentement à la publicité.", ['ES'], 'privacy'),
    ('fr', 'Le moteur Veyra change ses règles anti-spam', "Le moteur de recherche Veyra a publié une mise à jour de l'algorithme et de ses règles anti-spam. Les sites de contenus produits en masse subissent un déclassement.", [], 'search-engine policy'),
    ('es', 'Un algoritmo excluía a mujeres de anuncios', 'Un tribunal de Madrid ha condenado a un portal porque su algoritmo discriminaba a las mujeres. El sesgo excluía a las mayores de 45, según la sentencia.', ['ES'], 'bias'),
    ('es', 'La CNIL multa a una cadena de cosmética', 'La CNIL, la autoridad francesa, ha impuesto una multa a una cadena de cosmética por sus cookies sin consentimiento.', ['FR'], 'privacy'),
    ('es', 'El Garante prohíbe un chatbot', 'El Garante ha prohibido un chatbot de ventas por tratar datos personales de menores en Italia sin consentimiento.', ['IT'], 'privacy'),
    ('es', 'Autores demandan a un generador de textos', 'Varios autores han presentado una demanda judicial ante la Audiencia Nacional por infracción de derechos de autor contra un generador de textos publicitarios.', ['ES'], 'copyright'),
    ('it', "L'Agcm apre un'istruttoria sulle recensioni", "L'AGCM ha aperto un'istruttoria su un portale di recensioni. L'autorità sospetta recensioni false pagate dai venditori.", ['IT'], 'regulation'),
    ('it', 'Il tribunale di Milano condanna un editore', "Il tribunale di Milano ha condannato un editore per violazione del diritto d'autore nelle newsletter. La sentenza riguarda 300 fotografie.", ['IT'], 'copyright'),
    ('it', "La Federal Trade Commission multa un'app", "La Federal Trade Commission ha multato un'app di dieta per aver venduto dati personali senza consenso. La sanzione è di 7 milioni di dollari.", ['US'], 'privacy'),
    ('pt', 'Procon multa loja por e-mails', 'O Procon multou uma loja virtual por enviar e-mails sem consentimento. A multa segue a lei de proteção de dados.', ['BR'], 'privacy'),
    ('pt', 'Justiça de São Paulo proíbe anúncio', 'A Justiça de São Paulo proibiu um anúncio com a voz clonada de um ator. A decisão cita direitos autorais e prevê multa.', ['BR'], 'copyright'),
    ('pt', 'Comissão Europeia multa rede social', 'A Comissão Europeia multou uma rede social por seu arquivo de anúncios, com base na Lei dos Serviços Digitais.', ['EU'], 'regulation'),
    ('pt', 'Vazamento na plataforma de e-mail Correia', 'Um vazamento de dados expôs 80 mil endereços da plataforma de e-mail marketing Correia. Hackers usaram uma falha de segurança, e a ANPD investiga.', ['BR'], 'security'),
    ('nl', 'Rechtbank Amsterdam verbiedt trackingpixel', 'De rechtbank Amsterdam heeft een webwinkel het gebruik van een trackingpixel verboden. De rechter mist toestemming.', ['NL'], 'privacy'),
    ('nl', 'Duitse toezichthouder beboet datahandelaar', 'De Duitse toezichthouder heeft een datahandelaar een boete gegeven wegens het verkopen van persoonsgegevens zonder toestemming.', ['DE'], 'privacy'),
    ('nl', 'Zoekmachine straft massaproductie', 'De zoekmachine Veyra past haar spambeleid aan. Sites met massaal gemaakte teksten komen na de algoritme-update lager in de zoekresultaten.', [], 'search-engine policy'),
    ('ja', '公取委、広告配信大手に立ち入り検査', '公取委は10日、広告配信大手に独占禁止法違反の疑いで立ち入り検査をした。', ['JP'], 'regulation'),
    ('ja', 'EU、広告アーカイブで調査', '欧州委員会は、SNSの広告アーカイブがデジタルサービス法に違反する疑いで調査を開始した。', ['EU'], 'regulation'),
    ('ja', 'テキサス州、データ仲介業者を提訴', 'テキサス州の司法長官は、運転者の位置データを売ったとしてデータ仲介業者を提訴した。州のプライバシー法に違反するという。', ['US-TX'], 'privacy'),
    ('ja', '東京地裁、広告画像の無断学習で判決', '東京地裁は、広告画像の無断学習は著作権の侵害に当たるとの判決を出した。', ['JP'], 'copyright'),
    ('ja', '検索順位のコアアップデート、量産記事に影響', '検索大手はコアアップデートを開始した。スパムポリシーを改め、量産記事の検索順位を下げる。', [], 'search-engine policy'),
    ('ja', '採用広告の配信に偏り', '求人広告の配信システムに性別の偏りがあり、差別に当たると個人情報保護委員会が指摘した。', ['JP'], 'bias'),
    ('zh-Hans', '杭州互联网法院判决AI配音侵权案', '杭州互联网法院判决，一家广告公司用AI模仿配音演员的声音构成侵权，须赔偿二十万元。', ['CN'], 'copyright'),
    ('zh-Hans', '欧盟委员会对广告平台罚款', '欧盟委员会依据数字市场法对一家广告平台处以罚款，称其偏袒自家服务。', ['EU'], 'regulation'),
    ('zh-Hans', '得州总检察长起诉数据经纪商', '得州总检察长起诉一家数据经纪商，指其违反隐私法，出售驾驶人的位置数据。', ['US-TX'], 'privacy'),
    ('zh-Hans', '美国联邦贸易委员会禁止虚假评论', '美国联邦贸易委员会公布规定，禁止由AI撰写的虚假评论，违规者将被罚款。', ['US'], 'regulation'),
    ('zh-Hans', '招聘广告算法被指歧视', '一份监管通报指出，某招聘平台的广告算法存在性别歧视，网信办责令整改。', ['CN'], 'bias'),
    ('zh-Hant', '公平會開罰三家網紅行銷公司', '公平會對三家網紅行銷公司開罰共240萬元，理由是不實廣告。', ['TW'], 'regulation'),
    ('zh-Hant', '智慧財產及商業法院判廣告圖侵權', '智慧財產及商業法院判決，一家電商以AI改作攝影師作品，侵害著作權。', ['TW'], 'copyright'),
    ('zh-Hant', '歐盟委員會調查廣告檔案庫', '歐盟委員會依數位服務法展開調查，指社群平台的廣告檔案庫違規。', ['EU'], 'regulation'),
    ('zh-Hant', '電子報平台個資外洩', '一家電子報平台遭駭客入侵，八萬筆個資外洩，數發部已要求業者限期改善。', ['TW'], 'security'),
    ('zh-Hant', '日本公平交易委員會調查廣告代理商', '日本公平交易委員會以涉嫌違反法規為由，對廣告代理商展開調查。', ['JP'], 'regulation'),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "places", "risk"), PLACED)
def test_courts_states_and_authorities_of_others_say_where(
    language: str, title: str, text: str, places: list[str], risk: str
) -> None:
    """Each language knows the courts and authorities of its own country and of the others."""
    found = read(text, language, title=title)
    assert found.policy
    assert sorted(found.jurisdictions) == places
    assert risk in found.risks


IN_PASSING = [
    ('en', 'Nova CRM opens office in Germany', 'Nova has opened an office in Berlin, Germany. Its CRM serves retailers in France and Japan.', []),
    ('en', 'Texas retailer doubles its e-mail revenue', 'A retailer from Texas doubled its e-mail marketing revenue. The team moved from New York to Austin.', []),
    ('en', 'EU fine for ad exchange', 'The European Commission has fined an ad exchange. The company has offices in Texas, Japan and Brazil. Its founder studied in Florida.', ['EU']),
    ('de', 'Bußgeld der CNIL', 'Die CNIL hat ein Bußgeld gegen einen Adresshändler verhängt. Der Händler hat auch Kunden in Italien und Spanien, sein Rechenzentrum steht in Irland.', ['FR']),
    ('fr', 'Salon du marketing', "Le salon du marketing ouvre à Paris avec 300 exposants venus d'Allemagne et du Japon.", []),
    ('ja', '広告展示会', '東京で広告技術の展示会が開かれ、米国やドイツの企業が出展した。', []),
    ('zh-Hans', '营销大会', '营销科技大会在上海举行，来自美国和德国的厂商参展。', []),
    ('es', 'Multa de la AEPD', 'La AEPD ha impuesto una multa a una tienda por sus correos sin consentimiento. La tienda vende también en Portugal, Francia y México.', ['ES']),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "places"), IN_PASSING)
def test_offices_and_customers_are_no_jurisdiction(
    language: str, title: str, text: str, places: list[str]
) -> None:
    """Where a company sells or sits has no say, whatever law the article tells of."""
    assert sorted(read(text, language, title=title).jurisdictions) == places


def test_a_study_of_outages_is_no_incident() -> None:
    """What a vendor counts has not befallen it."""
    found = read(
        "Quorlith today published a study on outages and data breaches in marketing stacks. Quorlith "
        "asked 300 teams how often their CRM was down.",
        title="Study: outages of marketing tools cost nine hours a quarter",
    )  # fmt: skip
    assert [launch.event for launch in found.launches] == ["study"]
    assert "incident" not in found.risks


BEFALLEN = [
    ('en', 'Mailwright goes down for six hours', 'The email platform Mailwright went down on Monday and stayed offline for six hours. Campaigns of 4,000 customers were late.', True),
    ('en', 'Mailwright says attackers copied customer lists', 'Attackers copied subscriber lists of 300 customers of the email platform Mailwright. The company reset all passwords.', True),
    ('en', 'Mailwright leak exposes addresses', 'A database of the email platform Mailwright with 2 million addresses lay open on the internet. A security researcher found it.', True),
    ('de', 'Mailwright stundenlang nicht erreichbar', 'Die E-Mail-Plattform Mailwright war am Montag sechs Stunden lang nicht erreichbar. Kampagnen von 4.000 Kunden blieben liegen.', True),
    ('de', 'Datenpanne bei Mailwright', 'Bei der E-Mail-Plattform Mailwright standen 2 Millionen Adressen offen im Netz. Der Anbieter hat die Lücke geschlossen.', True),
    ('fr', 'Panne géante chez Mailwright', "La plateforme d'e-mailing Mailwright est restée inaccessible pendant six heures lundi. Les campagnes de 4 000 clients ont été retardées.", True),
    ('fr', "Mailwright victime d'un piratage", "La plateforme d'e-mailing Mailwright a été victime d'un piratage. Les listes de 300 clients ont été volées.", True),
    ('es', 'Mailwright sufre una caída de seis horas', 'La plataforma de correo Mailwright estuvo fuera de servicio seis horas el lunes. Las campañas de 4.000 clientes se retrasaron.', True),
    ('es', 'Roban datos de clientes de Mailwright', 'Un ciberataque a la plataforma de correo Mailwright dejó al descubierto las listas de 300 clientes.', True),
    ('it', 'Mailwright fuori uso per sei ore', 'La piattaforma di email marketing Mailwright è rimasta irraggiungibile per sei ore lunedì. Le campagne di 4.000 clienti sono in ritardo.', True),
    ('it', 'Furto di dati a Mailwright', 'Un attacco informatico a Mailwright, piattaforma di email marketing, ha esposto le liste di 300 clienti.', True),
    ('pt', 'Mailwright fica fora do ar por seis horas', 'A plataforma de e-mail marketing Mailwright ficou fora do ar por seis horas na segunda-feira.', True),
    ('nl', 'Mailwright urenlang onbereikbaar door storing', 'Het e-mailplatform Mailwright was maandag zes uur onbereikbaar door een storing. Campagnes van 4.000 klanten bleven liggen.', True),
    ('ja', 'メールライトで障害、配信が6時間停止', 'メール配信サービスのメールライトで月曜日に障害が発生し、配信が6時間にわたり停止した。', True),
    ('ja', 'メールライト、顧客情報が流出', 'メール配信サービスのメールライトは、不正アクセスにより300社の顧客情報が流出したと発表した。', True),
    ('zh-Hans', '邮匠平台宕机六小时', '邮件营销平台邮匠周一宕机六小时，四千家客户的营销邮件延迟发送。', True),
    ('zh-Hans', '邮匠遭黑客攻击', '邮件营销平台邮匠遭黑客攻击，三百家客户的名单被窃取。', True),
    ('zh-Hant', '郵匠系統當機六小時', '電子報平台郵匠週一當機六小時，四千家客戶的行銷郵件延遲寄出。', True),
    ('zh-Hant', '郵匠遭駭，客戶名單外流', '電子報平台郵匠遭駭客入侵，三百家客戶名單外洩。', True),
    ('en', 'Mailwright study: every third team had a data breach', 'Mailwright has published a survey of 500 marketing teams. Every third one had a data breach last year, the email platform found.', False),
    ('en', 'Mailwright adds phishing protection', 'Mailwright has added protection against phishing to its email platform. It blocks forged senders.', False),
    ('en', 'Newsletter opens went down in summer', 'Opens of newsletters went down in summer, according to the email platform Mailwright. Prices for clicks went down as well.', False),
    ('de', 'Mailwright startet Ausfallwarnung', 'Die E-Mail-Plattform Mailwright hat eine Warnung vor Ausfällen gestartet. Kunden erfahren binnen einer Minute von Störungen.', False),
    ('de', 'Studie: Ausfälle kosten Marketingteams Geld', 'Mailwright hat eine Studie zu Ausfällen und Datenpannen veröffentlicht. Die E-Mail-Plattform befragte 500 Teams.', False),
    ('fr', 'Étude : les pannes coûtent cher', "Mailwright publie une étude sur les pannes et les fuites de données. La plateforme d'e-mailing a interrogé 500 équipes.", False),
    ('ja', 'メールライト、障害に関する調査を公表', 'メール配信サービスのメールライトは、障害と情報漏えいに関する調査結果を発表した。500社が回答した。', False),
    ('zh-Hans', '邮匠发布宕机调查报告', '邮件营销平台邮匠发布关于宕机和数据泄露的调查报告，受访企业五百家。', False),
    ('es', 'Mailwright presenta un estudio sobre caídas', 'Mailwright ha presentado un estudio sobre caídas del servicio y filtraciones de datos en plataformas de correo.', False),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "befell"), BEFALLEN)
def test_what_befell_a_vendor_is_told_from_help_and_studies(
    language: str, title: str, text: str, befell: bool
) -> None:
    """Outages and leaks are incidents in each language; protection, research and figures are none."""
    assert is_incident(read(text, language, title=title)) is befell


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Brussels fines ad exchange", "The European Commission has fined the ad exchange Orbitale 40 million euros for hidden fees."),
        ("fr", "Enquête sur les enchères", "La Commission européenne a ouvert une enquête sur les enchères publicitaires au titre du RGPD."),
        ("it", "Multa a un'app", "La Federal Trade Commission ha multato un'app di email marketing per aver venduto dati personali."),
        ("pt", "Multa a rede social", "A Comissão Europeia multou uma rede social por seu arquivo de anúncios, com base no RGPD."),
        ("ja", "EU、広告アーカイブで調査", "欧州委員会は、SNSの広告アーカイブがデジタルサービス法に違反する疑いで調査を開始した。"),
    ],
)  # fmt: skip
def test_an_authority_is_no_vendor(language: str, title: str, text: str) -> None:
    """What it fines and opens is policy, and no launch or price of its own."""
    found = read(text, language, title=title)
    assert found.policy
    assert found.launches == ()


@pytest.mark.parametrize("title", ["News of the week", "{} launches Nova"])
@pytest.mark.parametrize(
    ("vendor", "text"),
    [
        ("Act", "Act has launched Nova, a consent tool for the EU AI Act. Nova is a CRM."),
        (
            "Digital",
            "Digital has launched Nova, a consent tool for the Digital Markets Act. Nova is a CRM.",
        ),
        ("Oregon", "Oregon has launched Nova, a CRM. Nova sorts leads."),
    ],
)
def test_a_vendor_may_be_called_like_a_law_or_a_place(vendor: str, text: str, title: str) -> None:
    """A word of a law's name is a vendor where it stands for itself, too; a place without a law."""
    found = read(text, title=title.format(vendor))
    assert [(one.vendor, one.product) for one in found.launches] == [(vendor, "Nova")]


@pytest.mark.parametrize(
    ("name", "sentence", "policy", "is_one"),
    [
        ("Market", "Acme answered the Competition and Markets Authority.", True, False),
        ("Markets", "Acme answered the Competition and Markets Authority.", True, True),
        ("Commission", "The European Commission has opened a portal.", True, True),
        ("Commission", "Commission has opened a portal for the European Commission.", True, False),
        ("European Commission", "It has opened a portal.", False, True),
        ("Oregon", "Oregon has opened a portal.", True, True),
        ("Oregon", "Oregon has opened a portal.", False, False),
        ("Acme", "Acme answered the European Commission.", True, False),
    ],
)
def test_a_part_of_a_name_is_whole_words(
    name: str, sentence: str, policy: bool, is_one: bool
) -> None:
    """A part is the authority where it stands nowhere else; a place is one in news of policy."""
    assert is_authority(name, sentence, "en", load_knowledge(), policy=policy) is is_one


def test_who_publishes_or_acts_is_a_vendor() -> None:
    """By its own text, or by a title that begins with its whole name and tells of no policy."""
    own = make_article(publisher="Commission", voice="vendor")
    assert is_vendor("Commission", own, policy=True)
    assert not is_vendor("Commission", make_article(publisher="Commission"), policy=False)
    told = make_article(title="Act launches Nova")
    assert is_vendor("Act", told, policy=False)
    assert not is_vendor("Act", told, policy=True)
    assert not is_vendor("Act", make_article(title="Action on Nova"), policy=False)


def test_notes_on_a_patch_are_of_security() -> None:
    """Notes on a release, whose titles are all alike, are policy by their opening."""
    text = (
        "Acme Shop\n\nSecurity patches\n\nSecurity patches for Acme Shop 3.4 are available. "
        "They close one critical vulnerability."
    )
    vendor = {"publisher": "Acme", "voice": "vendor"}
    found = read(text, title="Acme Shop – release notes, May 2026", **vendor)
    assert (found.policy, found.risks[0]) == (True, "security")
    late = "New features\n\n" + "Reports are sorted by day and by customer. " * 6 + text
    assert not read(late, title="Acme Shop – release notes, May 2026", **vendor).policy
    bulletin = read("Install the update.", title="Security bulletin: Acme Shop software", **vendor)
    assert bulletin.policy


#: Language, what a headline tells, and what its text says beside it.
OFFERED = [
    ("en", "Acme launches outage alerts for its email platform", "The marketing platform has 300 customers."),
    ("en", "Acme has launched a breach notification tool for its CRM", "The marketing platform has 300 customers."),
    ("en", "Acme's new dashboard helps marketers spot downtime", "The marketing platform has 300 customers."),
    ("en", "Acme partners with Betasoft on ransomware recovery for its CRM", "The marketing platform has 300 customers."),
    ("en", "Acme sells outage cover", "Acme has launched Nova, downtime insurance for marketing platforms."),
    ("de", "Acme versichert Werbekunden gegen Ausfälle seiner Plattform", "Die Plattform für Marketing hat 300 Kunden."),
    ("de", "Neue Funktion von Acme erkennt Ausfälle im E-Mail-Versand", "Die Plattform für Marketing hat 300 Kunden."),
    ("fr", "Acme lance un outil d'alerte en cas de panne pour l'e-mailing", "Sa plateforme de marketing compte 300 clients."),
    ("fr", "Acme propose une protection contre le piratage des comptes", "Sa plateforme de marketing compte 300 clients."),
    ("es", "Acme lanza un seguro contra ciberataques para su plataforma", "Su plataforma de marketing tiene 300 clientes."),
    ("it", "Acme lancia avvisi di disservizio per l'email marketing", "La piattaforma di marketing conta 300 clienti."),
    ("pt", "A Acme lança proteção contra vazamento de dados no seu CRM", "A plataforma de marketing tem 300 clientes."),
    ("nl", "Acme voegt storingsmeldingen toe aan zijn e-mailplatform", "Het marketingplatform heeft 300 klanten."),
    ("ja", "アクメ、配信基盤の障害検知サービスを開始", "同社のマーケティング基盤は300社が使う。"),
    ("zh-Hans", "星云科技推出数据泄露预警工具，面向CRM用户", "该公司的营销平台有300家客户。"),
    ("zh-Hant", "星雲科技推出資料外洩通報功能，供CRM用戶使用", "該公司的行銷平台有300家客戶。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), OFFERED)
def test_help_against_incidents_is_none(language: str, title: str, text: str) -> None:
    """What is sold against an outage or a leak names one, and none has befallen its vendor."""
    found = read(f"{title}. {text}", language, title=title)
    assert not is_incident(found)
    assert "incident" not in found.risks


HIT = [
    ("en", "Acme leaks customer data from its CRM", "The marketing platform has 300 customers."),
    ("en", "Acme leaks order data", "A server of the marketing platform Acme lay open."),
    ("en", "Acme's platform is down for five hours", "The marketing platform has 300 customers."),
    ("es", "Filtración en Acme", "La plataforma de marketing Acme sufrió una filtración de datos."),
    ("en", "Acme warns customers of a data breach in its CRM", "It had sold breach alerts before."),
    ("de", "Bei Acme sind Kundendaten aus dem CRM in falsche Hände geraten", "Die Plattform hat 300 Kunden."),
    ("es", "Acme detecta una filtración de datos en su CRM", "Su plataforma de marketing tiene 300 clientes."),
    ("nl", "Acme meldt een datalek in zijn CRM", "Het marketingplatform heeft 300 klanten."),
    ("es", "El CRM de Acme estuvo caído toda la mañana", "Su plataforma de marketing tiene 300 clientes."),
    ("it", "Acme, rubati i dati dei clienti del CRM", "La piattaforma di marketing conta 300 clienti."),
    ("pt", "Falha derruba a plataforma de e-mail da Acme por quatro horas", "Ela tem 300 clientes de marketing."),
    ("nl", "Klantgegevens uit het CRM van Acme zijn gelekt", "Het marketingplatform heeft 300 klanten."),
    ("ja", "アクメは、CRMへの不正アクセスで顧客情報が漏えいしたと発表した", "同社のマーケティング基盤は300社が使う。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), HIT)
def test_an_incident_is_told_in_its_usual_words(language: str, title: str, text: str) -> None:
    """Leaks and outages are the vendor's, whatever help it sells; nothing is launched by them."""
    found = read(f"{title}. {text}", language, title=title)
    assert is_incident(found)
    assert found.launches == ()


#: News of policy, and the vendor that it tells of, which is called like a place or a law.
LAWFUL = [
    ("en", "Privacy regulators have fined firms. The consent vendor Oregon has launched Nova for the GDPR.", "Oregon"),
    ("en", "Privacy regulators have fined firms. Virginia, the consent specialist, has launched Nova for the GDPR.", "Virginia"),
    ("en", "Privacy regulators have fined firms. Utah Inc. has launched Nova, a consent tool for the GDPR.", "Utah"),
    ("de", "Aufsichtsbehörden verhängen Bußgelder. Der Consent-Anbieter Florida hat Nova vorgestellt, ein Werkzeug für die DSGVO.", "Florida"),
    ("fr", "La CNIL a prononcé des amendes. La start-up Colorado lance Nova, un outil pour le RGPD.", "Colorado"),
    ("es", "La AEPD impone multas. El proveedor Virginia presenta Nova, una plataforma para el RGPD.", "Virginia"),
    ("it", "Il Garante infligge sanzioni. La startup Oregon lancia Nova, una piattaforma per il consenso e il GDPR.", "Oregon"),
    ("pt", "A ANPD aplica multas. A startup Virginia lançou Nova, uma plataforma de consentimento para a LGPD.", "Virginia"),
    ("nl", "De Autoriteit Persoonsgegevens legt boetes op. De leverancier Colorado lanceert Nova, een platform voor de AVG.", "Colorado"),
    ("en", "Oregon, home of a start-up, has launched Portal, a site on consent. Its attorney general enforces the privacy law.", ""),
    ("en", "Colorado has launched Privacy Portal, a site for complaints. Its attorney general enforces the privacy law.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "vendor"), LAWFUL)
def test_a_vendor_called_like_a_place_stands_where_a_company_does(
    language: str, text: str, vendor: str
) -> None:
    """A noun for a company or a legal form beside a name makes it one, also in news of policy."""
    found = read(text, language)
    assert found.policy
    assert [one.vendor for one in found.launches] == ([vendor] if vendor else [])
