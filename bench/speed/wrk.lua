-- With "text" or "form" as argument: POST of 1 KiB of it. Prints the figures as one line of JSON.
function init(args)
  if args[1] == "text" then
    wrk.method = "POST"
    wrk.body = string.rep("served-by ", 103):sub(1, 1024)
    wrk.headers["Content-Type"] = "text/plain"
  elseif args[1] == "form" then
    wrk.method = "POST"
    wrk.body = ("name=served-by&text=" .. string.rep("served-by+", 103)):sub(1, 1024)
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  end
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"requests":%d,"microseconds":%d,"p99":%d,"errors":%d}',
    summary.requests, summary.duration, latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
