-- Ask for the lines of a file in turn. With SERIAL every request is unlike any before it,
-- in a comment behind the query, so that no cache of answers knows it.
local targets, headers, serial, asked = {}, {}, os.getenv("SERIAL"), 0

function init(args)
  for line in io.lines(os.getenv("TARGETS")) do
    targets[#targets + 1] = line
  end
  headers["Accept"] = os.getenv("ACCEPT")
end

function request()
  asked = asked + 1
  local target = targets[(asked - 1) % #targets + 1]
  if serial then
    target = target .. "%0A%23" .. serial .. "-" .. asked
  end
  return wrk.format("GET", target, headers)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "\nRESULT %d %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration, summary.bytes, errors.status, errors.timeout,
    errors.connect + errors.read + errors.write,
    latency:percentile(50), latency:percentile(99)))
end
