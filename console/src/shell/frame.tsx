import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  mergeClasses,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload';
import { HomeRegular } from '@fluentui/react-icons/svg/home';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { LocalLanguageRegular } from '@fluentui/react-icons/svg/local-language';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { SignOutRegular } from '@fluentui/react-icons/svg/sign-out';
import type { ReactNode } from 'react';
import { endSession, signedInUser } from '../session/session.ts';
import { useTexts, type TextKey } from '../texts/texts.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { useLinkTo, useNavigation } from './navigation.tsx';

const narrow = '@media (max-width: 760px)';

const useStyles = makeStyles({
  root: { minHeight: '100vh', display: 'flex', flexDirection: 'column' },
  header: {
    position: 'sticky',
    top: 0,
    zIndex: 10,
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    height: '48px',
    padding: '0 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  brand: { flex: 1, color: tokens.colorNeutralForeground1, textDecoration: 'none' },
  body: { flex: 1, display: 'flex', [narrow]: { flexDirection: 'column' } },
  nav: {
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    width: '200px',
    flexShrink: 0,
    boxSizing: 'border-box',
    padding: '16px 8px',
    [narrow]: {
      flexDirection: 'row',
      width: '100%',
      padding: '4px 8px',
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecoration: 'none',
    fontSize: tokens.fontSizeBase300,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  current: {
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    fontWeight: tokens.fontWeightSemibold,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    [narrow]: { boxShadow: `inset 0 -3px 0 ${tokens.colorCompoundBrandStroke}` },
  },
  main: {
    flex: 1,
    minWidth: 0,
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '1200px',
    padding: '24px 24px 64px',
    [narrow]: { padding: '16px 16px 48px' },
  },
  userName: { [narrow]: { display: 'none' } },
});

const places: readonly { path: string; text: TextKey; icon: ReactNode }[] = [
  { path: '/', text: 'home', icon: <HomeRegular fontSize={20} /> },
  { path: '/upload', text: 'upload', icon: <ArrowUploadRegular fontSize={20} /> },
  { path: '/jobs', text: 'jobs', icon: <HistoryRegular fontSize={20} /> },
  { path: '/customers', text: 'customers', icon: <PeopleRegular fontSize={20} /> },
];

/** What is around every page: who is signed in, the language, and the way to the other pages. */
export function Frame({ children }: { readonly children: ReactNode }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const linkTo = useLinkTo();
  const { path } = useNavigation();
  const isCurrent = (place: string) => {
    // A job's page is below its customer's.
    if (path.includes('/jobs')) return place === '/jobs';
    return place === '/' ? path === '/' : path.startsWith(place);
  };
  return (
    <div className={styles.root}>
      <header className={styles.header}>
        <a className={styles.brand} {...linkTo('/')}>
          <Text weight="semibold" size={400}>
            {say('product')}
          </Text>
        </a>
        <LanguageMenu />
        <UserMenu />
      </header>
      <div className={styles.body}>
        <nav className={styles.nav} aria-label={say('pages')}>
          {places.map((place) => (
            <a
              key={place.path}
              {...linkTo(place.path)}
              className={mergeClasses(styles.link, isCurrent(place.path) && styles.current)}
              aria-current={isCurrent(place.path) ? 'page' : undefined}
            >
              {place.icon}
              {say(place.text)}
            </a>
          ))}
        </nav>
        <main className={styles.main}>
          <ErrorBoundary key={path}>{children}</ErrorBoundary>
        </main>
      </div>
    </div>
  );
}

function LanguageMenu(): ReactNode {
  const { say, locale, setLocale } = useTexts();
  return (
    <Menu
      checkedValues={{ locale: [locale] }}
      onCheckedValueChange={(_, { checkedItems }) =>
        setLocale(checkedItems[0] === 'zh-TW' ? 'zh-TW' : 'en-US')
      }
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<LocalLanguageRegular />} aria-label={say('language')} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItemRadio name="locale" value="en-US" lang="en-US">
            English
          </MenuItemRadio>
          <MenuItemRadio name="locale" value="zh-TW" lang="zh-TW">
            繁體中文
          </MenuItemRadio>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

async function signOut(): Promise<void> {
  await endSession();
  location.assign('/console/');
}

function UserMenu(): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const user = signedInUser();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<PersonRegular />}
          aria-label={say('account', { name: user?.displayName ?? '' })}
        >
          <span className={styles.userName}>{user?.displayName}</span>
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem disabled>{user?.userName}</MenuItem>
          <MenuItem onClick={() => location.assign('/mfasetup')}>{say('setUpMfa')}</MenuItem>
          <MenuItem icon={<SignOutRegular />} onClick={() => void signOut()}>
            {say('signOut')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
