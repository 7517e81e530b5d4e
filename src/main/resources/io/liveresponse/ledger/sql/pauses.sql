select name, paused_until, pause_reason from tenant where paused_until > :now order by name
