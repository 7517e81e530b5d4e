select name, paused_until from tenant where name in (:tenants) order by name
