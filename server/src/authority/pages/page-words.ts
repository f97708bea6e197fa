import type { Locale } from '@muster/contract/locale';
import { chooseLocale } from '@muster/contract/locale';
import type { FastifyRequest } from 'fastify';

/** Where people set up an authenticator app. */
export const mfaSetupPath = '/mfasetup';

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
    proveMfa: 'Enter your code',
    proveMfaWhy: 'Enter the six digits that your authenticator app shows for Muster.',
    recoveryCode: 'Recovery code',
    useRecoveryCode: 'I cannot use my app',
    setUpMfa: 'Set up an authenticator app',
    toSetUpMfa: 'to set up an authenticator app',
    setUpMfaWhy: 'From now on you sign in with your password and a code from an app on your phone.',
    scanCode: 'Scan this QR code with any authenticator app, then enter the six digits that it shows.',
    qrCode: 'QR code with the key below',
    typeKey: 'If you cannot scan it, type this key into the app:',
    recoveryCodes: 'Save your recovery codes',
    recoveryCodesWhy:
      'If you lose your phone, each of these codes signs you in once in place of the app. They are not shown again.',
    isSetUp: 'Your authenticator app is set up',
    isSetUpWhy: 'You will be asked for a code whenever you sign in. You can close this page.',
    notSetUpWhy: 'Nothing was changed. You can close this page.',
    wrongCode: 'This code is wrong, or was used already. Wait for the next one and enter that.',
    mfaAlreadySetUp: 'An authenticator app was set up for this account meanwhile. Begin again with its code.',
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
    proveMfa: '輸入驗證碼',
    proveMfaWhy: '請輸入驗證器應用程式為 Muster 顯示的六位數驗證碼。',
    recoveryCode: '復原碼',
    useRecoveryCode: '我無法使用我的應用程式',
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
    wrongCode: '驗證碼錯誤或已使用過。請等待下一個驗證碼再輸入。',
    mfaAlreadySetUp: '此帳戶已在其他地方設定了驗證器應用程式。請使用其驗證碼重新開始。',
  },
};

/** The reader's language, as the browser says. */
export function pageLocale(request: FastifyRequest): Locale {
  return chooseLocale(request.headers['accept-language']);
}
