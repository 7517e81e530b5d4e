select paused_until from tenant where name = :tenant
