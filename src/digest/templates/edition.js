(function () {
  var form = document.querySelector("form.filter");
  var table = document.querySelector("table.products");
  if (!form || !table) return;
  var out = form.querySelector("output");
  form.hidden = false;
  function apply() {
    var text = form.elements.text.value.trim().toLowerCase();
    var category = form.elements.category.value;
    var event = form.elements.event.value;
    var shown = 0;
    table.querySelectorAll("tbody").forEach(function (body) {
      var any = false;
      body.querySelectorAll("tr[data-event]").forEach(function (row) {
        var fits = (!category || body.dataset.category === category) &&
          (!event || row.dataset.event === event) &&
          (!text || row.textContent.toLowerCase().indexOf(text) >= 0);
        row.hidden = !fits;
        any = any || fits;
        shown += fits ? 1 : 0;
      });
      body.hidden = !any;
    });
    out.textContent = out.dataset.said.replace("{n}", shown);
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  apply();
})();
