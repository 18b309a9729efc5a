/* Saves the open section of a draft by itself; what the server does not have yet is kept on this device. */
(function () {
  "use strict";

  var PREFIX = "skp-draf:", PAUSE = 1200, RETRY = 15000;
  // Fields that say where a text stands, not what it is.
  var CONTROL = ["csrfmiddlewaretoken", "version", "base", "lanjut", "buang"];

  // --- Copies on this device, one for each plan and section ---------------------------------------

  // Private windows and full disks refuse: then there is no copy, and the page works as without script.
  function guarded(act, otherwise) {
    try { return act(); } catch (error) { return otherwise; }
  }
  function place(plan, section) { return PREFIX + plan + ":" + section; }
  function keep(plan, section, copy) {
    guarded(function () { localStorage.setItem(place(plan, section), JSON.stringify(copy)); });
  }
  function drop(plan, section) {
    guarded(function () { localStorage.removeItem(place(plan, section)); });
  }
  function find(plan, section) {
    return guarded(function () { return JSON.parse(localStorage.getItem(place(plan, section))); }, null);
  }
  function sections(plan) {
    var start = place(plan, "");
    return guarded(function () {
      return Object.keys(localStorage)
        .filter(function (name) { return name.indexOf(start) === 0; })
        .map(function (name) { return name.slice(start.length); });
    }, []);
  }

  function offer(text, buttons) {
    var box = document.createElement("div"), words = document.createElement("p");
    box.className = "offer";
    box.setAttribute("role", "status");
    words.textContent = text;
    box.append(words);
    buttons.forEach(function (button) {
      var made = document.createElement("button");
      made.type = "button";
      made.className = "btn btn-" + button.look;
      made.textContent = button.label;
      made.addEventListener("click", function () { box.remove(); button.act(); });
      box.append(made);
    });
    return box;
  }

  // The page with two versions holds what was typed itself; once decided, the copy has done its service.
  document.querySelectorAll("[data-resolves]").forEach(function (form) {
    function done() { drop(form.dataset.plan, form.dataset.resolves); }
    form.addEventListener("submit", done);
    form.querySelectorAll("[data-discard]").forEach(function (link) { link.addEventListener("click", done); });
  });

  var editor = document.querySelector("[data-editor]");
  if (!editor) return;
  var plan = editor.dataset.editor;
  var form = document.getElementById("bagian");
  var section = form ? form.dataset.section : "";

  sections(plan).forEach(function (name) {
    var copy = name === section ? null : find(plan, name);
    if (!copy) return;
    var words = copy.values.text ? ": “" + copy.values.text.slice(0, 60) + "”" : "";
    editor.querySelector("[data-offers]").append(offer("Ada ketikan yang belum terkirim di perangkat ini" + words + ".", [
      { label: "Buka", look: "secondary", act: function () { location.assign(editor.dataset.plan + "?buka=" + copy.address); } },
      { label: "Buang", look: "link", act: function () { drop(plan, name); } }
    ]));
  });
  if (!form) return;

  // --- The open section ----------------------------------------------------------------------------

  var status = form.querySelector("[data-save-status]");
  var timer = null, running = null, leaving = false;

  function field(name) { return form.elements.namedItem(name); }
  function values() {
    var found = {};
    new FormData(form).forEach(function (value, name) { if (CONTROL.indexOf(name) < 0) found[name] = value; });
    return found;
  }
  // Keys name rows; those of rows not used yet are made anew with each page.
  function same(one, other) {
    return Object.keys(Object.assign({}, one, other)).every(function (name) {
      return /-key$/.test(name) || (one[name] || "") === (other[name] || "");
    });
  }
  var sent = values();
  function pending() { return !same(values(), sent); }

  function say(text, tone) {
    if (status.textContent !== text) status.textContent = text;
    status.dataset.tone = tone || "";
  }
  function remember() {
    keep(plan, section, { values: values(), version: field("version").value, base: field("base").value, address: form.dataset.address });
  }
  function go(address) {
    var target = new URL(address, location.href);
    leaving = true;
    if (target.pathname + target.search !== location.pathname + location.search) return location.assign(address);
    history.replaceState(null, "", address);
    location.reload();
  }

  // Errors beside their fields, as the page without script shows them.
  function mark(errors) {
    form.querySelectorAll("[data-by-script]").forEach(function (old) { old.remove(); });
    form.querySelectorAll("[aria-invalid]").forEach(function (input) { input.removeAttribute("aria-invalid"); });
    Object.keys(errors).forEach(function (name) {
      var input = field(name), note = document.createElement("p");
      if (!input || !input.closest) return;
      input.setAttribute("aria-invalid", "true");
      note.className = "field__error";
      note.dataset.byScript = "";
      note.textContent = errors[name].join(" ");
      input.insertAdjacentElement("afterend", note);
    });
  }

  function accepted(answer, typed) {
    sent = typed;
    document.querySelectorAll("input[name=version]").forEach(function (input) { input.value = answer.version; });
    field("base").value = answer.base;
    form.dataset.address = answer.opens;
    document.querySelectorAll("[data-missing]").forEach(function (spot) { spot.innerHTML = answer.missing; });
    document.querySelector("[data-completeness]").innerHTML = answer.completeness;
    history.replaceState(null, "", editor.dataset.plan + "?buka=" + answer.opens);
    mark({});
    if (!pending()) drop(plan, section);
    say(answer.message, "good");
  }
  function refused(code, answer) {
    mark(answer.errors || {});
    say(code === 409
      ? "Bagian ini diubah di tempat lain. Tekan Simpan untuk melihat kedua versi."
      : "Belum tersimpan. " + answer.message, "bad");
  }
  function unreachable(words) {
    say(words + " Ketikan disimpan di perangkat ini dan dikirim begitu bisa.", "warn");
    clearTimeout(timer);
    timer = setTimeout(save, RETRY);
    return null;
  }

  // Answers with the server's code and the next address, or null when it could not be asked; one request at a time.
  function save(extra) {
    if (running) return running.then(function () { return save(extra); });
    clearTimeout(timer);
    var typed = values(), body = new FormData(form);
    Object.keys(extra || {}).forEach(function (name) { body.set(name, extra[name]); });
    say("Menyimpan…");
    running = fetch(form.action, { method: "POST", body: body, headers: { Accept: "application/json" } }).then(function (response) {
      if (response.redirected) {
        say("Belum tersimpan: sesi Anda berakhir. Ketikan disimpan di perangkat ini; masuk lagi lalu buka rencana ini.", "bad");
        return null;
      }
      if ((response.headers.get("Content-Type") || "").indexOf("application/json") !== 0) return unreachable("Server belum dapat menyimpan.");
      return response.json().then(function (answer) {
        if (response.ok) accepted(answer, typed); else refused(response.status, answer);
        return { code: response.status, next: answer.next };
      });
    }).catch(function () { return unreachable("Tidak terhubung."); }).finally(function () { running = null; });
    return running;
  }

  function changed() {
    if (!pending()) return;
    remember();
    say("Belum tersimpan…");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }
  form.addEventListener("input", changed);
  window.addEventListener("online", function () { if (pending()) save(); });

  // Saved first, then left; a conflict is answered by a whole page with both versions.
  form.addEventListener("submit", function (event) {
    if (leaving) return;
    event.preventDefault();
    var button = event.submitter, extra = {};
    if (button && button.name) extra[button.name] = button.value;
    if (pending()) remember();
    save(extra).then(function (result) {
      if (result && result.next) go(result.next);
      else if (result && result.code !== 422) {
        leaving = true;
        form.requestSubmit(button && button.name ? button : undefined);
      }
    });
  });

  // Links of the page go on when the section is saved.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link || event.metaKey || event.ctrlKey) return;
    if (link.hasAttribute("data-discard")) return drop(plan, section);
    if (!pending() || link.origin !== location.origin || link.getAttribute("href")[0] === "#") return;
    event.preventDefault();
    save().then(function (result) { if (result && result.code === 200) go(link.href); });
  });

  // What this device still holds of the section, with the mark it was typed on: a newer text elsewhere is noticed.
  function restore(copy) {
    Array.prototype.forEach.call(form.elements, function (input) {
      if (!input.name || CONTROL.indexOf(input.name) >= 0) return;
      if (input.type === "checkbox") input.checked = copy.values[input.name] === input.value;
      else if (input.name in copy.values) input.value = copy.values[input.name];
      if (input.value && input.type !== "hidden" && input.closest("details")) input.closest("details").open = true;
    });
    field("base").value = copy.base;
    field("version").value = copy.version;
    save();
  }
  var copy = find(plan, section);
  if (copy && same(copy.values, sent)) drop(plan, section);
  else if (copy) {
    form.prepend(offer("Ada ketikan yang belum terkirim di perangkat ini.", [
      { label: "Pulihkan", look: "secondary", act: function () { restore(copy); } },
      { label: "Buang", look: "link", act: function () { drop(plan, section); } }
    ]));
  }
})();
