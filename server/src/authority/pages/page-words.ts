import type { Locale } from '@muster/contract';
import { chooseLocale } from '@muster/contract/locale';
import type { FastifyRequest } from 'fastify';

/** What the sign-in pages say. */
interface PageWords {
  readonly signIn: string;
  readonly toContinue: (application: string) => string;
  readonly userName: string;
  readonly password: string;
  readonly cancel: string;
  readonly enterCode: string;
  readonly enterCodeWhy: string;
  readonly code: string;
  readonly next: string;
  readonly onDevice: (application: string) => string;
  readonly onDeviceWarning: string;
  readonly signedIn: string;
  readonly closePage: (application: string) => string;
  readonly declined: string;
  readonly declinedWhy: string;
  readonly cannotSignIn: string;
  readonly pageTooOld: string;
  readonly wrongUser: string;
  readonly disabledUser: string;
  readonly tooManyFailures: string;
  readonly tooBusy: string;
  readonly unknownCode: string;
  readonly copyCode: string;
  readonly goingBack: string;
  readonly goOn: string;
}

export const pageWords: Readonly<Record<Locale, PageWords>> = {
  'en-US': {
    signIn: 'Sign in',
    toContinue: (application) => `to continue to ${application}`,
    userName: 'User name',
    password: 'Password',
    cancel: 'Cancel',
    enterCode: 'Enter code',
    enterCodeWhy: 'Enter the code that the app or device shows.',
    code: 'Code',
    next: 'Next',
    onDevice: (application) => `You are signing in to ${application} on another device.`,
    onDeviceWarning: 'Go on only if you started this yourself and trust that device.',
    signedIn: 'You are signed in',
    closePage: (application) => `You have signed in to ${application}. You can close this page.`,
    declined: 'Sign-in cancelled',
    declinedWhy: 'Nothing was signed in. You can close this page.',
    cannotSignIn: 'This sign-in cannot go on',
    pageTooOld:
      'This page is too old, was used already, or was opened in another browser. Go back to the app and begin again.',
    wrongUser: 'The user name or the password is wrong.',
    disabledUser: 'This account is disabled. Ask your administrator.',
    tooManyFailures: 'Too many failed attempts. Wait some minutes, then try again.',
    tooBusy: 'Too many sign-ins at once. Try again in a moment.',
    unknownCode: 'This code is not known, or has expired. Check it, or get a new one in the app.',
    copyCode: 'Copy this code into the app.',
    goingBack: 'Going back to the app',
    goOn: 'Continue',
  },
  'zh-TW': {
    signIn: '登入',
    toContinue: (application) => `以繼續使用 ${application}`,
    userName: '使用者名稱',
    password: '密碼',
    cancel: '取消',
    enterCode: '輸入代碼',
    enterCodeWhy: '請輸入應用程式或裝置上顯示的代碼。',
    code: '代碼',
    next: '下一步',
    onDevice: (application) => `您正在另一部裝置上登入 ${application}。`,
    onDeviceWarning: '只有在這是您自己開始的登入，且您信任該裝置時，才繼續。',
    signedIn: '您已登入',
    closePage: (application) => `您已登入 ${application}，可以關閉此頁面。`,
    declined: '已取消登入',
    declinedWhy: '未登入任何項目。您可以關閉此頁面。',
    cannotSignIn: '無法繼續登入',
    pageTooOld: '此頁面已過期、已使用過，或是在另一個瀏覽器中開啟。請回到應用程式重新開始。',
    wrongUser: '使用者名稱或密碼錯誤。',
    disabledUser: '此帳戶已停用。請洽詢您的系統管理員。',
    tooManyFailures: '失敗次數過多。請稍候幾分鐘再試一次。',
    tooBusy: '同時登入的人數過多。請稍後再試一次。',
    unknownCode: '此代碼不存在或已過期。請檢查代碼，或在應用程式中取得新的代碼。',
    copyCode: '請將此代碼複製到應用程式中。',
    goingBack: '正在返回應用程式',
    goOn: '繼續',
  },
};

/** The reader's language, as the browser says. */
export function pageLocale(request: FastifyRequest): Locale {
  return chooseLocale(request.headers['accept-language']);
}
