-- Each number by one probe of the primary key, however many calls the windows hold.
select q.quota_key,
       (select c.call_no from api_call c where c.quota_key = q.quota_key and c.kind = :kind
        order by c.called_at desc, c.call_no desc limit 1) as last_no,
       (select c.called_at from api_call c where c.quota_key = q.quota_key and c.kind = :kind
        order by c.called_at desc, c.call_no desc limit 1) as last_at,
       (select c.call_no from api_call c where c.quota_key = q.quota_key and c.kind = :kind and c.called_at > :minute_since
        order by c.called_at, c.call_no limit 1) as minute_first,
       (select c.call_no from api_call c where c.quota_key = q.quota_key and c.kind = :kind and c.called_at > :hour_since
        order by c.called_at, c.call_no limit 1) as hour_first
from quota q
where q.quota_key in (:quota_keys)
