import { enUs } from './en-us.ts';
export const zhTw: Readonly<Record<keyof typeof enUs, string>> = enUs;
