import { WireError, phrase } from '@muster/contract';

/** What the administration knows, by its names in paths and members. */
const kinds = {
  administrator: phrase('administrator', '系統管理員'),
  application: phrase('application', '應用程式'),
  customer: phrase('customer', '客戶'),
  key: phrase('key', '金鑰'),
  partner: phrase('partner', '合作夥伴'),
  secret: phrase('secret', '密碼'),
  user: phrase('user', '使用者'),
};

type Kind = keyof typeof kinds;

/** The 404 of the administration API. */
export function resourceNotFound(kind: Kind, id: string): WireError {
  return new WireError('ResourceNotFound', { kind: kinds[kind], id: id.slice(0, 100), member: `${kind}Id` });
}

/** The 409 of something whose unique member is taken. */
export function resourceExists(kind: Kind, member: string): WireError {
  return new WireError('ResourceExists', { kind: kinds[kind], member });
}
