-- Each sink by one probe of delivery_success, however many deliveries there are.
with recursive served (sink) as (
    select min(sink) from delivery
    union all
    select (select min(d.sink) from delivery d where d.sink > served.sink) from served where served.sink is not null)
select sink, at
from (select served.sink, (select max(d.delivered_at) from delivery d where d.sink = served.sink) as at
      from served where served.sink is not null) latest
where at is not null
order by sink
