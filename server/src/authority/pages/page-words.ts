import type { Locale } from '@muster/contract/locale';
import { chooseLocale } from '@muster/contract/locale';
import type { FastifyRequest } from 'fastify';

/** Where people set up an authenticator app. */
export const mfaSetupPath = '/mfasetup';

/** The texts of the sign-in pages. */
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
  readonly proveMfa: string;
  readonly proveMfaWhy: string;
  readonly recoveryCode: string;
  readonly useRecoveryCode: string;
  readonly setUpMfa: string;
  readonly toSetUpMfa: string;
  readonly setUpMfaWhy: string;
  readonly scanCode: string;
  readonly qrCode: string;
  readonly typeKey: string;
  readonly recoveryCodes: string;
  readonly recoveryCodesWhy: string;
  readonly isSetUp: string;
  readonly isSetUpWhy: string;
  readonly notSetUpWhy: string;
  readonly wrongCode: string;
  readonly mfaAlreadySetUp: string;
}

export const pageWords: Readonly<Record<Locale, PageWords>> = {
  'en-US': {
    signIn: 'Sign in',
    toContinue: (application) => `to continue to ${application}`,
    userName: 'User name',
    password: 'Password',
    cancel: 'Cancel',
    enterCode: 'Enter code',
    enterCodeWhy: 'Enter the code that your app or device shows.',
    code: 'Code',
    next: 'Next',
    onDevice: (application) => `You are signing in to ${application} on another device.`,
    onDeviceWarning: 'Continue only if you started this sign-in yourself and trust that device.',
    signedIn: 'You are signed in',
    closePage: (application) => `You have signed in to ${application}. You can close this page.`,
    declined: 'Sign-in canceled',
    declinedWhy: 'You were not signed in. You can close this page.',
    cannotSignIn: 'Sign-in cannot continue',
    pageTooOld:
      'This page has expired, has already been used, or was opened in another browser. Go back to the app and start again.',
    wrongUser: 'The user name or password is incorrect.',
    disabledUser: 'This account is disabled. Ask your administrator.',
    tooManyFailures: 'Too many failed attempts. Wait a few minutes, then try again.',
    tooBusy: 'Too many people are signing in at the moment. Try again shortly.',
    unknownCode: 'This code is not valid or has expired. Check it, or get a new one from the app.',
    copyCode: 'Copy this code into the app.',
    goingBack: 'Returning to the app',
    goOn: 'Continue',
    proveMfa: 'Enter your code',
    proveMfaWhy: 'Enter the six-digit code that your authenticator app shows for Muster.',
    recoveryCode: 'Recovery code',
    useRecoveryCode: 'Use a recovery code instead',
    setUpMfa: 'Set up an authenticator app',
    toSetUpMfa: 'to set up an authenticator app',
    setUpMfaWhy: 'From now on, you sign in with your password and a code from an app on your phone.',
    scanCode: 'Scan this QR code with any authenticator app, then enter the six-digit code that it shows.',
    qrCode: 'QR code that contains the key below',
    typeKey: 'If you cannot scan it, enter this key in the app:',
    recoveryCodes: 'Save your recovery codes',
    recoveryCodesWhy:
      'If you lose your phone, you can sign in with one of these codes instead of the app. Each code works once. They will not be shown again.',
    isSetUp: 'Your authenticator app is set up',
    isSetUpWhy: 'You will be asked for a code each time you sign in. You can close this page.',
    notSetUpWhy: 'Nothing was changed. You can close this page.',
    wrongCode: 'This code is incorrect or has already been used. Wait for the next one, and enter it.',
    mfaAlreadySetUp:
      'An authenticator app has since been set up for this account. Start again, with a code from that app.',
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
    onDeviceWarning: '請僅在您自己開始此登入，且信任該裝置時繼續。',
    signedIn: '您已登入',
    closePage: (application) => `您已登入 ${application}，可以關閉此頁面。`,
    declined: '已取消登入',
    declinedWhy: '您尚未登入。您可以關閉此頁面。',
    cannotSignIn: '無法繼續登入',
    pageTooOld: '此頁面已過期、已使用過，或是在另一個瀏覽器中開啟。請回到應用程式重新開始。',
    wrongUser: '使用者名稱或密碼不正確。',
    disabledUser: '此帳戶已停用。請洽詢您的系統管理員。',
    tooManyFailures: '失敗次數過多。請稍候幾分鐘再試一次。',
    tooBusy: '同時登入的人數過多。請稍後再試一次。',
    unknownCode: '此代碼無效或已過期。請檢查代碼，或在應用程式中取得新的代碼。',
    copyCode: '請將此代碼複製到應用程式中。',
    goingBack: '正在返回應用程式',
    goOn: '繼續',
    proveMfa: '輸入驗證碼',
    proveMfaWhy: '請輸入驗證器應用程式為 Muster 顯示的六位數驗證碼。',
    recoveryCode: '復原碼',
    useRecoveryCode: '改用復原碼',
    setUpMfa: '設定驗證器應用程式',
    toSetUpMfa: '以設定驗證器應用程式',
    setUpMfaWhy: '從現在起，您登入時需要密碼，以及手機應用程式顯示的驗證碼。',
    scanCode: '請使用任一驗證器應用程式掃描此 QR 代碼，然後輸入其顯示的六位數驗證碼。',
    qrCode: '包含下方金鑰的 QR 代碼',
    typeKey: '如果無法掃描，請在應用程式中輸入此金鑰：',
    recoveryCodes: '儲存您的復原碼',
    recoveryCodesWhy: '如果遺失手機，每個復原碼可代替應用程式登入一次。這些復原碼不會再次顯示。',
    isSetUp: '驗證器應用程式已設定完成',
    isSetUpWhy: '之後每次登入都需要輸入驗證碼。您可以關閉此頁面。',
    notSetUpWhy: '未做任何變更。您可以關閉此頁面。',
    wrongCode: '驗證碼不正確或已使用過。請等候下一個驗證碼，然後輸入。',
    mfaAlreadySetUp: '此帳戶已另外設定驗證器應用程式。請重新開始，並使用該應用程式的驗證碼。',
  },
};

/** The reader's language, according to the browser. */
export function pageLocale(request: FastifyRequest): Locale {
  return chooseLocale(request.headers['accept-language']);
}
