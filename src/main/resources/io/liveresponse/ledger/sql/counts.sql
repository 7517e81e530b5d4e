select tenant, state, count(*) as requests from request group by tenant, state order by tenant, state
