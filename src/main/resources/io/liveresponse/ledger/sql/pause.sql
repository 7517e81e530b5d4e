update tenant
set paused_until = :until, pause_reason = :reason
where name = :tenant and (paused_until is null or paused_until < :until)
