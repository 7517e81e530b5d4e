update tenant
set paused_until = null, pause_reason = null
where pause_reason like :reason
