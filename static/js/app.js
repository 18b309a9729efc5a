/* Comfort on top of pages that work without it. No dependency, no inline code. */
(function () {
  "use strict";

  // A form is sent once: the second press of an impatient finger is not a second request.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    var button = event.submitter;
    if (button) button.setAttribute("aria-busy", "true");
  });
  // Whoever signs out leaves no text on a device that others may use.
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("[data-sign-out]")) return;
    try {
      Object.keys(localStorage).forEach(function (name) { if (name.indexOf("skp-draf:") === 0) localStorage.removeItem(name); });
    } catch (error) { return; }
  });
  // Back from the browser's cache the form may be sent again.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
    document.querySelectorAll("[aria-busy]").forEach(function (button) { button.removeAttribute("aria-busy"); });
  });

  // A list of errors takes the focus, so that it is read first.
  var errors = document.querySelector("[data-focus]");
  if (errors) errors.focus();

  // A menu closes with Escape and with a press elsewhere.
  function close(menu) {
    menu.open = false;
  }
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      close(menu);
      menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) close(menu);
    });
  });

  // The hint "scroll sideways" stays only where something is cut off.
  function hints() {
    document.querySelectorAll("[data-table-hint]").forEach(function (hint) {
      var region = hint.nextElementSibling;
      hint.hidden = !region || region.scrollWidth <= region.clientWidth;
    });
  }
  hints();
  window.addEventListener("resize", hints);

  // Where tabs are wider than the screen, the current one is in sight.
  document.querySelectorAll(".tabs [aria-current]").forEach(function (tab) {
    var strip = tab.closest(".tabs");
    var room = strip.clientWidth - tab.offsetWidth;
    if (room < strip.scrollWidth) strip.scrollLeft += tab.getBoundingClientRect().left - strip.getBoundingClientRect().left - room / 2;
  });

  // A box in the head of a table selects all rows, where scripts run; the number of chosen ones is shown and spoken.
  function count(table) {
    var target = document.querySelector("[data-count-of='" + table.id + "']");
    if (!target) return;
    target.textContent = table.querySelectorAll("tbody [data-select]:checked").length;
    target.parentElement.hidden = false;
  }
  document.addEventListener("change", function (event) {
    var box = event.target;
    var table = box.closest("table[id]");
    if (!table) return;
    if (box.matches("[data-select-all]")) {
      table.querySelectorAll("tbody [data-select]:not(:disabled)").forEach(function (row) { row.checked = box.checked; });
    }
    if (box.matches("[data-select], [data-select-all]")) count(table);
  });
  document.querySelectorAll("table[id]").forEach(count);
  document.querySelectorAll("[data-select-all]").forEach(function (box) { box.parentElement.hidden = false; });

  // Printing by a button; without script the browser's own menu prints.
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
