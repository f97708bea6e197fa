/** The headers of a call as Microsoft's .NET SDK sends it (`Content-Type` apart). */
export function clientHeaders(token: string): Record<string, string> {
  return {
    Authorization: `Bearer ${token}`,
    Accept: 'application/json',
    'MS-RequestId': '7d5c79e1-9bfc-4daf-9780-6b727e936ee0',
    'MS-CorrelationId': 'bb36c6d2-d1a2-4baf-874f-8d54e4440e30',
    'X-Locale': 'en-US',
    'MS-PartnerCenter-Client': 'Partner Center .NET SDK',
    'MS-SdkVersion': '3.4.0.0',
  };
}

/** A GET as bytes, ready to be written to a socket over and over. */
export function rawGet(port: number, path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
