select spool_path from request
where tenant = :tenant and machine_action_id in (:actions) and spool_path is not null
