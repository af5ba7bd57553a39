// Search and filters of the archive. Without this script the page lists all editions.
// The terms are those of stages/search_terms.py: change both.
"use strict";
(() => {
  const form = document.getElementById("search");
  if (!form) return;
  const by = id => document.getElementById(id);
  const [input, found, said, results, more] =
    ["words", "found", "said", "results", "more"].map(by);
  const filters = [...form.querySelectorAll("select")];
  const editions = [...document.querySelectorAll(".edition")];
  const shelves = new Map();
  const PAGE = 30;
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff" +
    "\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3fffd}";
  const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
  const HAS_NO_SPACES = new RegExp(`[${UNSPACED}]`, "u");
  let reading = null;
  let failed = false;
  let shown = [];

  const normalise = text => text.normalize("NFKC").toLowerCase().normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "").normalize("NFC");

  // What a question asks for: beginnings of words, whole pairs of characters.
  const asked = text => (normalise(text).match(/[\p{L}\p{N}\p{M}]+/gu) || []).flatMap(word =>
    word.match(RUN).flatMap(run => {
      if (!HAS_NO_SPACES.test(run)) return [{term: [...run].slice(0, 40).join(""), whole: false}];
      const letters = [...run];
      if (letters.length < 2) return [{term: run, whole: false}];
      return letters.slice(1).map((letter, at) => ({term: letters[at] + letter, whole: true}));
    }));

  // Each year's index is a script that calls this with its data.
  globalThis.digestShelf = (year, shelf) => {
    shelf.keys = shelf.terms.split("\n");
    shelf.lists = shelf.places.split("\n");
    shelves.set(year, shelf);
  };

  const read = year => new Promise(done => {
    const script = document.createElement("script");
    script.src = `archive/search-${year}.js?${form.dataset.key}`;
    script.onload = done;
    script.onerror = () => { failed = true; done(); };
    document.head.append(script);
  });
  const readAll = () => reading ||= Promise.all(form.dataset.shards.split(" ").map(read));

  const unpack = list => {
    let place = 0;
    return list.split(" ").map(step => (place += parseInt(step, 36)));
  };

  const lookUp = (shelf, {term, whole}) => {
    let low = 0, high = shelf.keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shelf.keys[middle] < term) low = middle + 1; else high = middle;
    }
    const places = new Set();
    for (; low < shelf.keys.length; low++) {
      const key = shelf.keys[low];
      if (whole ? key !== term : !key.startsWith(term)) break;
      for (const place of unpack(shelf.lists[low])) places.add(place);
    }
    return places;
  };

  const wanted = () => Object.fromEntries(filters.map(each => [each.dataset.by, each.value]));
  const passes = (has, wants) => Object.keys(wants).every(key => !wants[key] || wants[key] === has[key]);

  const search = text => {
    const terms = asked(text);
    const wants = wanted();
    const rows = [];
    for (const shelf of shelves.values()) {
      if (!terms.length) break;
      let places = null;
      for (const term of terms) {
        const these = lookUp(shelf, term);
        places = places ? new Set([...places].filter(place => these.has(place))) : these;
        if (!places.size) break;
      }
      for (const place of places) {
        const [number, story, headline, language, snippet, publisher] = shelf.stories[place];
        const [id, period, days, start, kind, audience, its, withdrawn] = shelf.editions[number];
        if (!passes({kind, audience, language: its}, wants)) continue;
        const head = normalise(headline);
        const inHead = terms.filter(each => head.includes(each.term)).length;
        rows.push({id, period, days, start, story, headline, language, snippet, publisher, withdrawn, inHead});
      }
    }
    return rows.sort((a, b) => b.inHead - a.inHead || (a.start < b.start ? 1 : a.start > b.start ? -1 : a.story - b.story));
  };

  const line = (name, text, language) => {
    const made = document.createElement("p");
    made.className = name;
    made.textContent = text;
    if (language) { made.lang = language; made.dir = "auto"; }
    return made;
  };

  const row = each => {
    const item = document.createElement("li");
    const head = line("", "", each.language);
    const link = document.createElement("a");
    link.href = `${encodeURIComponent(each.id)}/index.html#story-${each.story}`;
    link.textContent = each.headline;
    head.append(link);
    const where = [each.period, each.days, each.publisher].filter(Boolean).join(" · ");
    const at = line("where", where);
    if (each.withdrawn) {
      const mark = document.createElement("strong");
      mark.className = "mark";
      mark.textContent = form.dataset.withdrawn;
      at.prepend(mark, " · ");
    }
    item.append(head, line("snippet", each.snippet, each.language), at);
    return item;
  };

  const showMore = focus => {
    const next = shown.splice(0, PAGE).map(row);
    results.append(...next);
    more.hidden = !shown.length;
    if (focus && next[0]) next[0].querySelector("a").focus();
  };

  const filter = () => {
    const wants = wanted();
    let any = false;
    for (const each of editions) {
      each.hidden = !passes(each.dataset, wants);
      any ||= !each.hidden;
    }
    for (const part of document.querySelectorAll("#editions details, #editions details section"))
      part.hidden = !part.querySelector(".edition:not([hidden])");
    by("no-edition").hidden = any;
  };

  let turn = 0;
  const answer = async () => {
    const mine = ++turn;
    const text = input.value.trim();
    const address = text ? `#q=${encodeURIComponent(text)}` : location.pathname + location.search;
    if (location.protocol !== "about:") history.replaceState(null, "", address);
    found.hidden = !text;
    if (!text) return;
    await readAll();
    if (mine !== turn) return;
    shown = search(text);
    results.replaceChildren();
    const many = form.dataset.found.replace("%(num)s", shown.length.toLocaleString(document.documentElement.lang));
    said.textContent = failed ? form.dataset.failed : shown.length ? many : form.dataset.none;
    showMore(false);
  };

  let waits = 0;
  input.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(answer, 150); });
  input.addEventListener("focus", readAll, {once: true});
  form.addEventListener("submit", event => { event.preventDefault(); clearTimeout(waits); answer(); });
  filters.forEach(each => each.addEventListener("change", () => { filter(); answer(); }));
  more.addEventListener("click", () => showMore(true));
  form.hidden = false;
  const given = new URLSearchParams(location.hash.slice(1)).get("q");
  if (given) { input.value = given; answer(); }
})();
