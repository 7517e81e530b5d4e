select tenant, machine_action_id, command_index, spool_path
from request
where accepted_no in (select accepted_no from request
                      where state = :state and ended_at < :before and spool_path is not null
                      limit :max)
  and state = :state and ended_at < :before
