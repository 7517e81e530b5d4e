-- From tenant to tenant by one probe of the index request_open each, in the order of their names.
with recursive open_tenant (name) as (
    select min(tenant) from request where lane <> 'ended' and tenant > :after
    union all
    select (select min(r.tenant) from request r where r.lane <> 'ended' and r.tenant > open_tenant.name)
    from open_tenant
    where open_tenant.name is not null
)
select name
from open_tenant
where name is not null
  and (select r.next_attempt_at from request r where r.lane <> 'ended' and r.tenant = open_tenant.name
       order by r.tenant, r.next_attempt_at limit 1) <= :now
limit :max
