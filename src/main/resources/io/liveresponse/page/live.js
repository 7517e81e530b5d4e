// Updates the numbers of the overview in place; without JavaScript a reload does the same.
(() => {
  if (!document.getElementById("tenants") || !window.EventSource) return;
  const time = text => text ? text.slice(0, 19).replace("T", " ") : "";
  const shape = overview => [overview.tenants.map(t => [t.name, t.pausedUntil || ""]), overview.attention.map(a => [a.kind, a.text]),
    overview.outcomes.map(o => o.outcome), overview.sinks.map(s => [s.name, s.fault || ""]), overview.nodes.map(n => n.name)].toString();
  let known = null;
  const events = new EventSource("/events");
  events.addEventListener("overview", event => {
    const overview = JSON.parse(event.data);
    if (known !== null && known !== shape(overview)) { location.reload(); return; }
    known = shape(overview);
    document.getElementById("at").textContent = time(overview.at);
    if (overview.estimatedEnd) document.getElementById("end").textContent = time(overview.estimatedEnd);
    for (const tenant of overview.tenants) {
      const row = [...document.querySelectorAll("#tenants tbody tr")].find(each => each.dataset.tenant === tenant.name);
      if (!row) continue;
      for (const cell of row.querySelectorAll("[data-field]")) {
        const value = tenant[cell.dataset.field];
        cell.textContent = cell.dataset.field === "estimatedEnd" ? time(value) : value;
      }
      const [minute, hour] = row.querySelectorAll("meter");
      minute.value = tenant.minuteUsed;
      hour.value = tenant.hourUsed;
    }
  });
})();
