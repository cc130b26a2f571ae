"use strict";
// Keys and marks of the reader, files dropped one by one, the theme. Everything works without this file too, by forms.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const cookie = (name) => (document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`)) || [])[1] || "";
  const say = (words) => { $("#live").textContent = words; };
  const typing = (event) => event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey;

  const send = (report, patient, wish) => fetch(`/api/reports/${report}/patients/${patient}/decisions`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrftoken": cookie("caselore_csrf") },
    body: JSON.stringify(wish),
  });
  const refused = (place, why) => {
    const line = document.createElement("p");
    line.className = "note bad";
    line.setAttribute("role", "alert");
    line.textContent = `Not saved. ${why}`;
    place.prepend(line);
  };

  // theme
  const theme = $("#theme");
  if (theme) {
    theme.hidden = false;
    theme.addEventListener("click", () => {
      const dark = document.documentElement.dataset.theme === "dark" ||
        (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
      document.documentElement.dataset.theme = dark ? "light" : "dark";
      document.cookie = `theme=${dark ? "light" : "dark"}; path=/; max-age=31536000; samesite=strict`;
    });
  }

  // files, one line each; an error in one does not stop the others
  const drop = $("#drop");
  if (drop) {
    const send = async (file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name}: reading`;
      $("#files").append(line);
      const form = new FormData();
      form.append("file", file);
      try {
        const answer = await fetch("/api/reports", { method: "POST", body: form, headers: { "x-csrftoken": cookie("caselore_csrf") } });
        const told = await answer.json();
        if (!answer.ok || told.failure) {
          line.className = "bad";
          line.textContent = `${file.name}: not read. ${told.failure || told.error}`;
        } else {
          line.className = "ok";
          line.textContent = "";
          const link = document.createElement("a");
          link.href = `/reports/${told.report}`;
          link.textContent = file.name;
          line.append(link, `: ${told.what}, ${told.patients} patients`);
        }
      } catch (error) {
        line.className = "bad";
        line.textContent = `${file.name}: the server did not answer; the file was not read.`;
      }
      say(line.textContent);
    };
    const read = async (files) => { for (const file of files) await send(file); };
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); read(event.dataTransfer.files); });
    $("input", drop).addEventListener("change", (event) => { read([...event.target.files]); event.target.value = ""; });
  }
  const lintText = $("#lint-text");
  if (lintText) lintText.addEventListener("drop", async (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    lintText.value = await event.dataTransfer.files[0].text();
  });

  // the reader
  const reader = $("#reader");
  const facts = () => all(".fact:not(.silent)", $("#facts")).filter((one) => one.getClientRects().length);
  const SINGLE = ["accept", "correct", "reject", "add", "undo", "redo"];
  let chosen = null;
  const choose = (key, scroll = true) => {
    all(".on").forEach((one) => one.classList.remove("on"));
    const fact = document.getElementById(key);
    if (!fact) return;
    const hidden = fact.closest("details:not([open])");
    if (hidden) hidden.open = true;
    all(".fact .more", $("#facts")).forEach((more) => { more.hidden = true; });
    all(".fact .row", $("#facts")).forEach((row) => row.setAttribute("aria-expanded", "false"));
    chosen = key;
    fact.classList.add("on");
    $(".more", fact).hidden = false;
    $(".row", fact).setAttribute("aria-expanded", "true");
    const marks = all(`mark[data-key="${CSS.escape(key)}"], .box[data-key="${CSS.escape(key)}"]`);
    marks.forEach((mark) => mark.classList.add("on"));
    if (scroll) {
      fact.scrollIntoView({ block: "nearest" });
      if (marks[0]) marks[0].scrollIntoView({ block: "center" });
    }
    say(`${$(".f", fact).textContent}: ${$(".v", fact).textContent.trim()}`);
  };
  const step = (by) => {
    const list = facts();
    if (!list.length) return;
    const place = list.findIndex((one) => one.id === chosen);
    choose(list[(place + by + list.length) % list.length].id);
  };
  const decide = async (action, more = {}) => {
    const fact = chosen && document.getElementById(chosen);
    const column = fact && fact.dataset.column;
    if (!["undo", "redo"].includes(action) && !column) return;
    if (!$("#facts .history")) return;
    const { report, patient } = reader.dataset;
    const answer = await send(report, patient, { action, column: ["undo", "redo"].includes(action) ? "" : column, seen: Number($("#newest").dataset.newest), ...more });
    if (!answer.ok) {
      refused(fact ? $(".more", fact) : $("#facts"), (await answer.json()).error);
      return;
    }
    const page = await fetch(`/reports/${report}/facts?patient=${patient}`);
    const top = $("#facts").scrollTop;
    $("#facts").innerHTML = await page.text();
    if (chosen) choose(chosen, false);
    $("#facts").scrollTop = top;
    if ($("#saved")) $("#saved").textContent = `saved ${new Date().toTimeString().slice(0, 5)}`;
    say(`${action} saved`);
  };
  if (reader) {
    $("#keys").hidden = false;
    $("#keys").addEventListener("click", () => $("#help").showModal());
    document.addEventListener("click", (event) => {
      const mark = event.target.closest("mark[data-key], .box[data-key]");
      if (mark) choose(mark.dataset.key);
      const row = event.target.closest(".fact .row");
      if (row) choose(row.closest(".fact").id);
    });
    $("#facts").addEventListener("submit", (event) => {
      const form = event.target;
      const action = event.submitter && event.submitter.value;
      if (!form.matches("form") || !SINGLE.includes(action)) return;
      event.preventDefault();
      if (form.matches(".decide")) chosen = form.closest(".fact").id;
      const more = {};
      if (["correct", "add"].includes(action)) more.text = form.elements.value.value;
      if (form.elements.quote && form.elements.quote.value) more.quote = form.elements.quote.value;
      decide(action, more);
    });
    if (/^#[cf]-/.test(location.hash)) choose(decodeURIComponent(location.hash.slice(1)));
    all("[data-do]").forEach((button) => button.addEventListener("click", () => act({ edit: "e", quote: "+" }[button.dataset.do] || { accept: "a", reject: "x", undo: "u" }[button.dataset.do])));
    all("[data-topic]").forEach((button) => button.addEventListener("click", () => topic(button)));
    reader.dataset.pane = "text";
    all("[data-pane]").forEach((button) => { if (button !== reader) button.addEventListener("click", () => pane(button.dataset.pane)); });
    $("#keys-off").checked = cookie("keys") === "off";
    $("#keys-off").addEventListener("change", (event) => { document.cookie = `keys=${event.target.checked ? "off" : "on"}; path=/; max-age=31536000; samesite=strict`; });
  }
  function topic(button) {
    const on = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!on));
    $(".text").classList.toggle(`no-${button.dataset.topic}`, on);
  }
  function pane(name) {
    reader.dataset.pane = name;
    all(".panes [data-pane]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.pane === name)));
  }
  function act(key) {
    const editable = () => {
      const input = chosen && $("#" + CSS.escape(chosen) + " .decide [name=value]");
      if (!input) return;
      if (matchMedia("(max-width: 640px)").matches) pane("facts");
      input.focus();
      if (input.select) input.select();
    };
    const actions = {
      j: () => step(1), k: () => step(-1), a: () => decide("accept"), x: () => decide("reject"), e: editable,
      u: () => decide("undo"), U: () => decide("redo"), "?": () => $("#help").showModal(),
      "[": () => $("#before") && $("#before").click(), "]": () => $("#after") && $("#after").click(),
      t: () => { const tabs = all(".tab"); const at = tabs.findIndex((tab) => tab.hasAttribute("aria-current")); if (tabs.length > 1) tabs[(at + 1) % tabs.length].click(); },
      n: () => { const about = $("#about"); if (about) { about.open = true; $("textarea", about).focus(); } },
      l: () => $(".text").classList.toggle("letters"),
      "+": () => {
        const words = String(getSelection()).trim();
        const quote = chosen && $("#" + CSS.escape(chosen) + " .decide input[name=quote]");
        if (words && quote) { quote.value = words; editable(); }
      },
    };
    if (/^[1-6]$/.test(key)) { const button = all("[data-topic]")[Number(key) - 1]; if (button) topic(button); return true; }
    if (actions[key]) actions[key]();
    return Boolean(actions[key]);
  }

  if (matchMedia("(max-width: 1000px)").matches) all("details.fold").forEach((one) => { one.open = false; });

  // the grid: a cell opens its words in place; arrows move between cells
  const popover = $("#cell");
  if (popover) {
    let opener = null;
    let changed = false;
    const open = async (link) => {
      opener = link;
      const answer = await fetch(link.dataset.cell);
      $("#cell-body").innerHTML = answer.ok ? await answer.text() : "The cell cannot be shown; open the report instead.";
      if (!popover.open) popover.showModal();
    };
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-cell]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(link);
    });
    popover.addEventListener("submit", async (event) => {
      const form = event.target;
      const action = event.submitter && event.submitter.value;
      if (!SINGLE.includes(action)) return;
      event.preventDefault();
      const { report, patient, newest } = $(".more", popover).dataset;
      const more = {};
      if (["correct", "add"].includes(action)) more.text = form.elements.value.value;
      if (form.elements.quote && form.elements.quote.value) more.quote = form.elements.quote.value;
      const answer = await send(report, patient, { action, column: form.elements.column.value, seen: Number(newest), ...more });
      if (!answer.ok) { refused(popover, (await answer.json()).error); return; }
      changed = true;
      await open(opener);
      say(`${action} saved`);
    });
    popover.addEventListener("close", () => { if (changed) location.reload(); else if (opener) opener.focus(); });
    popover.addEventListener("click", (event) => { if (event.target === popover) popover.close(); });
    const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    $(".tbl.wide").addEventListener("keydown", (event) => {
      const by = STEPS[event.key];
      const here = event.target.closest("td, th");
      if (!by || !here || !here.closest("tbody")) return;
      event.preventDefault();
      const rows = here.closest("tbody").rows;
      let [row, column] = [here.parentElement.sectionRowIndex, here.cellIndex];
      for (;;) {
        row += by[0];
        column += by[1];
        const next = rows[row] && rows[row].cells[column];
        if (!next) return;
        const link = $("a", next);
        if (link) { link.focus(); return; }
      }
    });
  }

  // keys, off while somebody types
  const GO = { h: "/", c: "/casebook", o: "/cohort", s: "/similar", d: "/differential", l: "/lint" };
  let going = false;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest(".decide input")) { event.target.blur(); return; }
    if (typing(event) || cookie("keys") === "off") return;
    const key = event.key;
    if (going) { going = false; if (GO[key]) location.href = GO[key]; return; }
    if (key === "g") { going = true; return; }
    if (key === "/") { event.preventDefault(); $("#find").focus(); return; }
    if (!reader) return;
    if (act(key)) event.preventDefault();
  });
})();
