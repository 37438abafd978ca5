# Sends a line:  $env:SM_TOKEN = '…'; ./send.ps1 小明 '冲！冲刺！' [-Room lobby]
# SM_URL is the server (http://localhost:8000), SM_TOKEN the token that its controller shows.
param(
  [Parameter(Mandatory)] [string] $Speaker,
  [Parameter(Mandatory)] [string] $Text,
  [string] $Room
)
if (-not $env:SM_TOKEN) { throw 'set SM_TOKEN to the token that the controller shows' }
$url = if ($env:SM_URL) { $env:SM_URL } else { 'http://localhost:8000' }
$body = @{ speaker = $Speaker; data = @{ message = $Text } }
if ($Room) { $body.room = $Room }
Invoke-RestMethod -Method Post -Uri "$url/api/v1/send" `
  -Headers @{ Authorization = "Bearer $env:SM_TOKEN" } `
  -ContentType 'application/json; charset=utf-8' `
  -Body ([Text.Encoding]::UTF8.GetBytes(($body | ConvertTo-Json -Compress)))
